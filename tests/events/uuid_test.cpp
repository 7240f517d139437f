#include "events/uuid.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

using namespace braid;

TEST_CASE("The version 7 example of RFC 9562 is made from its parts") {
  const auto id = uuid_v7(0x017F22E279B0, 0xCC3, 0x18C4DC0C0C07398F);
  CHECK(id.text() == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  CHECK(id.version() == 7);
}

TEST_CASE("Bits beyond the random ones change nothing in a version 7 identifier") {
  CHECK(uuid_v7(1, 0xfabc, ~0ull) == uuid_v7(1, 0x0abc, ~0ull >> 2));
  CHECK(uuid_v7(1, 0, ~0ull).version() == 7);
}

TEST_CASE("The version 4 example of RFC 9562 is made from its random bits") {
  CHECK(uuid_v4(0x919108f752d13320, 0x1bacf847db4148a8).text() == "919108f7-52d1-4320-9bac-f847db4148a8");
  CHECK(uuid_v4(~0ull, ~0ull).version() == 4);
}

TEST_CASE("Version 7 identifiers order by time, as numbers, as texts and as bytes") {
  const auto earlier = uuid_v7(1'700'000'000'000, 0xfff, ~0ull),
             later = uuid_v7(1'700'000'000'001, 0, 0);
  CHECK(earlier < later);
  CHECK(earlier.text() < later.text());
  CHECK(earlier.bytes() < later.bytes());
}

TEST_CASE("An identifier is read back from its text and its bytes") {
  CHECK(rc::check([](std::uint64_t high, std::uint64_t low) {
    const Uuid id{high, low};
    RC_ASSERT(Uuid::from_text(id.text()) == id);
    RC_ASSERT(Uuid::from_bytes(id.bytes()) == id);
  }));
}

TEST_CASE("Upper case is read and written back in lower case") {
  CHECK(Uuid::from_text("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")->text() ==
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

TEST_CASE("What is not 36 characters of a UUID is refused with an example of one") {
  for (const auto* text :
       {"", "017f22e279b07cc398c4dc0c0c07398f", "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f ",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2_79b0-7cc3-98c4-dc0c0c07398f",
        "017f22e-279b0-7cc3-98c4-dc0c0c07398f", "-17f22e2-79b0-7cc3-98c4-dc0c0c07398f"})
    CHECK(Uuid::from_text(text).error() ==
          "an identifier is a UUID of 36 characters, such as 0192f3c1-7a00-7000-8000-000000000001");
  CHECK_FALSE(Uuid::from_bytes(as_bytes("fifteen bytes..")));
}

TEST_CASE("Only identifiers of RFC 9562's variant have a version") {
  CHECK(Uuid{}.version() == 0);
  CHECK(Uuid{}.is_nil());
  CHECK(Uuid{~0ull, ~0ull}.version() == 0);
  CHECK(Uuid::from_text("c232ab00-9414-11ec-b3c8-9f6bdeced846")->version() == 1);
  CHECK(Uuid::from_text("5c146b14-3c52-8afd-938a-375d0df1fbf6")->version() == 8);
}

TEST_CASE("A row's identifier depends on the content and the row, and on nothing else") {
  const auto file = sha256(as_bytes("a spend list")), other = sha256(as_bytes("another"));
  CHECK(uuid_v8_from(file, 1) == uuid_v8_from(file, 1));
  CHECK(uuid_v8_from(file, 1) != uuid_v8_from(file, 2));
  CHECK(uuid_v8_from(file, 1) != uuid_v8_from(other, 1));
  CHECK(uuid_v8_from(file, 1).version() == 8);
}

TEST_CASE(
    "The identifier of a known row never changes: imports of today meet those of ten years ago") {
  CHECK(uuid_v8_from(sha256({}), 0).text() == "d4851a36-be74-8232-88af-56707beda63d");
  CHECK(uuid_v8_from(sha256(as_bytes("abc")), 258).text() ==
        "e5440052-e227-821e-aa93-0921192dc1e7");
}
