#include <capnp/dynamic.h>
#include <capnp/message.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <compare>
#include <tuple>

#include "events/faults.hpp"
#include "events/table/row.hpp"
#include "tests/events/rows_example.hpp"
#include "tests/events/schema/rows_example.rows.hpp"

using namespace braid;
using namespace braid::test;

namespace {

OwnedBytes owned(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

/// What Cap'n Proto itself makes of the row.
template <class Row>
OwnedBytes canonicalized(const Row& row) {
  using Schema = typename RowLayout<Row>::Schema;
  capnp::MallocMessageBuilder message;
  write(row, message.initRoot<Schema>());
  const auto words = capnp::canonicalize(message.getRoot<Schema>().asReader());
  return owned(std::as_bytes(std::span(words.begin(), words.size())));
}

template <class Row>
bool is_canonical(Bytes bytes) {
  return RowMessage(bytes).reader().isCanonical();
}

template <class Row>
void check_encoding(const Row& row) {
  WordBuffer buffer;
  const auto bytes = encode(row, buffer);
  RC_ASSERT(owned(bytes) == canonicalized(row));
  RC_ASSERT(is_canonical<Row>(bytes));
  RC_ASSERT(decode<Row>(bytes) == row);
}

}  // namespace

TEST_CASE("a row's bytes are what Cap'n Proto calls canonical, and read back as the same row") {
  CHECK(
      rc::check("every kind of field", [] { check_encoding(*rc::gen::arbitrary<Everything>()); }));
  CHECK(rc::check("a usual row", [] { check_encoding(*rc::gen::arbitrary<Payment>()); }));
  check_encoding(Everything{});
  check_encoding(Counter{});
}

TEST_CASE("bytes that start anywhere in memory read as the same row") {
  WordBuffer buffer;
  const auto row = a_payment(7);
  const auto bytes = encode(row, buffer);
  OwnedBytes shifted(bytes.size() + 8);
  for (std::size_t shift = 0; shift < 8; ++shift) {
    std::copy(bytes.begin(), bytes.end(), shifted.begin() + static_cast<std::ptrdiff_t>(shift));
    CHECK(decode<Payment>(Bytes(shifted).subspan(shift, bytes.size())) == row);
  }
}

TEST_CASE("altered bytes of a row are refused or read as another row, and nothing worse") {
  WordBuffer buffer;
  const auto row = full_row();
  auto bytes = owned(encode(row, buffer));
  std::size_t refused = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      bytes[at] ^= std::byte{1} << bit;
      try {
        (void)decode<Everything>(bytes);
      } catch (const HistoryBroken& broken) {
        ++refused;
        CHECK(std::string(broken.what()).find("'everything'") != std::string::npos);
      }
      bytes[at] ^= std::byte{1} << bit;
    }
  CHECK(refused > 0);
  CHECK(decode<Everything>(bytes) == row);
}

TEST_CASE("cut bytes of a row are refused or read as another row, and nothing worse") {
  WordBuffer buffer;
  const auto bytes = encode(full_row(), buffer);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    bool same = false;
    try {
      same = decode<Everything>(bytes.first(size)) == full_row();
    } catch (const HistoryBroken&) {
      same = false;
    }
    CHECK_FALSE(same);
  }
}

TEST_CASE("keys sort by their bytes as by their fields") {
  const auto order = [](const EveryKey::Key& key) {
    return std::tuple(key.truth, key.a, key.b, key.c, key.d, key.e, key.f, key.g, key.h, key.i,
                      key.j, key.k);
  };
  CHECK(rc::check("two keys", [&] {
    const auto left = *near_key();
    const auto right = *near_key();
    KeyBytes left_bytes, right_bytes;
    append_key(left, left_bytes);
    append_key(right, right_bytes);
    const bool less = std::ranges::lexicographical_compare(left_bytes.bytes(), right_bytes.bytes());
    RC_ASSERT(less == (order(left) < order(right)));
    RC_ASSERT((left == right) == std::ranges::equal(left_bytes.bytes(), right_bytes.bytes()));
    RC_ASSERT(!(left == right) || hash_of(left) == hash_of(right));
  }));
}

TEST_CASE("a key has the fields marked $key, in the order of the marks") {
  const auto row = full_row();
  KeyBytes bytes;
  append_key(row.key(), bytes);
  CHECK(bytes.bytes().size() == 16 + row.name.size() + 1 + 2 + 8 + 4 + 2 + 1);
  CHECK(as_text(bytes.bytes().subspan(16, row.name.size())) == row.name);
  CHECK(row.has_key(row.key()));
  Everything other;
  CHECK_FALSE(other.has_key(row.key()));
  other.set_key(row.key());
  CHECK(other.has_key(row.key()));
}

TEST_CASE("a field called as a word of C++ or as a generated member ends in an underscore") {
  Everything row;
  CHECK_FALSE(row.part.key_);
  row.class_ = true;
  CHECK(row.key().class_);
}

TEST_CASE(
    "a field with a default starts from it, also in a row that was stored without the field") {
  const Everything row;
  CHECK(row.closed == std::numeric_limits<std::int32_t>::min());
  CHECK(row.least == std::numeric_limits<std::int64_t>::min());
  CHECK(row.three == 3);
  CHECK(row.usually);
  CHECK(row.mood == Everything::Mood::GOOD);
  WordBuffer buffer;
  CHECK(encode(row, buffer).size() == 8);
  CHECK(decode<Everything>(encode(row, buffer)) == row);
}
