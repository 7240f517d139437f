#include <capnp/dynamic.h>
#include <capnp/message.h>
#include <kj/exception.h>

#include <catch2/catch.hpp>
#include <random>

#include "events/form/canonical.hpp"
#include "tests/support/specimens.hpp"

using namespace braid;
using namespace braid::form;
using braid::test::specimen;

// Bytes that somebody made up. What the gate lets through, capnp's own reader must find canonical
// and readable to its last field; what capnp finds canonical, the gate refuses only where the
// schema does not know it.

namespace {

using Words = std::vector<std::uint64_t>;

Bytes bytes_of(const Words& words) { return std::as_bytes(std::span(words)); }

bool capnp_calls_canonical(Bytes bytes) {
  const kj::ArrayPtr<const capnp::word> segments[] = {
      {reinterpret_cast<const capnp::word*>(bytes.data()), bytes.size() / sizeof(capnp::word)}};
  capnp::SegmentArrayMessageReader message(segments);
  try {
    return message.isCanonical();
  } catch (const kj::Exception&) {
    return false;
  }
}

/// Reads everything there is, as text; throws where something cannot be read.
std::size_t read_all(Bytes bytes) {
  const EventReader reader(bytes);
  return kj::str(reader.get()).size();
}

/// The two opinions on the same bytes, and whether the gate of form, which asks more, agrees with
/// its own first part.
void compare(Bytes bytes) {
  const Fault fault = canonical_fault(bytes, event_layout());
  const bool has_form = check_form(bytes).has_value();
  if (fault == Fault::none) {
    REQUIRE(capnp_calls_canonical(bytes));
    REQUIRE_NOTHROW(read_all(bytes));
  } else {
    REQUIRE_FALSE(has_form);
    const bool only_the_schema_minds = fault == Fault::unknown || fault == Fault::variant ||
                                       fault == Fault::kind || fault == Fault::length;
    if (!only_the_schema_minds) REQUIRE_FALSE(capnp_calls_canonical(bytes));
  }
}

std::uint64_t struct_pointer(std::int32_t offset, std::uint64_t words, std::uint64_t pointers) {
  return static_cast<std::uint32_t>(offset) << 2 | words << 32 | pointers << 48;
}
std::uint64_t list_pointer(std::int32_t offset, std::uint64_t element, std::uint64_t count) {
  return (static_cast<std::uint32_t>(offset) << 2 | 1) | element << 32 | count << 35;
}

}  // namespace

TEST_CASE(
    "Any bit of any specimen may flip: nothing crashes, and capnp agrees with what is let "
    "through") {
  for (const auto& kind : kinds()) {
    INFO(kind.name);
    OwnedBytes bytes = specimen(kind.kind);
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
      bytes[bit / 8] ^= std::byte{1} << bit % 8;
      compare(bytes);
      bytes[bit / 8] ^= std::byte{1} << bit % 8;
    }
  }
}

TEST_CASE("A specimen cut short anywhere is refused") {
  for (const auto& kind : kinds()) {
    const OwnedBytes bytes = specimen(kind.kind);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      if (check_form(Bytes(bytes).first(size)))
        FAIL_CHECK(kind.name << " cut to " << size << " bytes");
    }
  }
}

TEST_CASE("A specimen with anything after it is refused") {
  for (const auto& kind : kinds()) {
    OwnedBytes bytes = specimen(kind.kind);
    bytes.resize(bytes.size() + 8);
    CHECK_FALSE(check_form(bytes));
  }
}

TEST_CASE("Words that are swapped, copied or overwritten in specimens crash nothing") {
  const auto seed = Catch::rngSeed();
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  const auto below = [&](std::size_t limit) { return random() % limit; };
  for (const auto& kind : kinds()) {
    const OwnedBytes good = specimen(kind.kind);
    Words words(good.size() / 8);
    for (int round = 0; round < 300; ++round) {
      std::memcpy(words.data(), good.data(), good.size());
      for (std::size_t changes = 1 + below(3); changes != 0; --changes) {
        switch (below(4)) {
          case 0:
            std::swap(words[below(words.size())], words[below(words.size())]);
            break;
          case 1:
            words[below(words.size())] = words[below(words.size())];
            break;
          case 2:
            words[below(words.size())] = random();
            break;
          default:
            words[below(words.size())] += (random() % 9 - 4) << 2;
            break;  // pointers that miss a little
        }
      }
      compare(bytes_of(words));
    }
  }
}

TEST_CASE("Random bytes are refused") {
  const auto seed = Catch::rngSeed();
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 20'000; ++round) {
    Words words(1 + random() % 40);
    for (auto& word : words)
      word = random() & (random() % 3 == 0 ? ~0ull : 0x0007'0007'0000'00ffull);
    if (random() % 2 == 0) words[0] = struct_pointer(0, random() % 3, random() % 9);
    compare(bytes_of(words));
    CHECK_FALSE(check_form(bytes_of(words)));
  }
}

TEST_CASE("A far pointer, a capability and a pointer to another segment are refused") {
  for (const std::uint64_t kind : {2, 3}) {
    CHECK(canonical_fault(bytes_of({kind}), event_layout()) == Fault::kind);
    CHECK(canonical_fault(bytes_of({struct_pointer(0, 0, 2), 0, kind | 1ull << 32}),
                          event_layout()) == Fault::kind);
  }
}

TEST_CASE("Two pointers to one object are refused: nothing is read twice") {
  // id and corrects share the same sixteen bytes.
  Words words = {struct_pointer(0, 0, 7),
                 struct_pointer(6, 2, 0),
                 0,
                 0,
                 0,
                 0,
                 0,
                 struct_pointer(0, 2, 0),
                 1,
                 1};
  CHECK(canonical_fault(bytes_of(words), event_layout()) == Fault::order);
  words[1] = 0;
  CHECK(canonical_fault(bytes_of(words), event_layout()) == Fault::none);
}

TEST_CASE("A list of members without words may claim no more than it could have bytes") {
  const auto claiming = [](std::uint64_t members) {
    // strandAgreed: its list of years, of empty structs
    Words words = {struct_pointer(0, 1, 8), static_cast<std::uint64_t>(Kind::STRAND_AGREED) << 32};
    words.resize(2 + 8);
    words[9] = struct_pointer(0, 0, 4);
    words.resize(10 + 4);
    words[13] = list_pointer(0, 7, 0);
    words.push_back(members << 2);
    return words;
  };
  CHECK(canonical_fault(bytes_of(claiming(3)), event_layout()) == Fault::none);
  CHECK(canonical_fault(bytes_of(claiming(65'535)), event_layout()) == Fault::none);
  CHECK(canonical_fault(bytes_of(claiming(65'536)), event_layout()) == Fault::length);
  CHECK(canonical_fault(bytes_of(claiming((1u << 30) - 1)), event_layout()) == Fault::length);
  CHECK_FALSE(check_form(bytes_of(claiming(65'535))));
}

TEST_CASE("A list that claims more than the bytes hold is refused before it is looked at") {
  const auto with_list = [](std::uint64_t element, std::uint64_t count) {
    return Words{struct_pointer(0, 0, 2), 0, list_pointer(0, element, count), 0x0034'3258};
  };
  CHECK(canonical_fault(bytes_of(with_list(2, 4)), event_layout()) == Fault::none);
  CHECK(canonical_fault(bytes_of(with_list(2, 0x1fff'ffff)), event_layout()) == Fault::outside);
  CHECK(canonical_fault(bytes_of(with_list(5, 1)), event_layout()) == Fault::kind);
  CHECK(canonical_fault(bytes_of(with_list(0, 0x1fff'ffff)), event_layout()) == Fault::kind);
}

TEST_CASE("A text without its final zero, and a gap that is not zero, are refused") {
  const auto with_text = [](std::uint64_t bytes, std::uint64_t count) {
    return Words{struct_pointer(0, 0, 2), 0, list_pointer(0, 2, count), bytes};
  };
  CHECK(canonical_fault(bytes_of(with_text(0x0034'3258, 4)), event_layout()) == Fault::none);
  CHECK(canonical_fault(bytes_of(with_text(0x3534'3258, 4)), event_layout()) == Fault::kind);
  CHECK(canonical_fault(bytes_of(with_text(0x01'0034'3258, 4)), event_layout()) == Fault::zeros);
}

TEST_CASE(
    "What a newer publisher says is refused: a kind, a field or a bit that this version does not "
    "know") {
  const auto count = kinds().size();
  CHECK(canonical_fault(bytes_of({struct_pointer(0, 1, 0), (count - 1) << 32}), event_layout()) ==
        Fault::none);
  CHECK(canonical_fault(bytes_of({struct_pointer(0, 1, 0), count << 32}), event_layout()) ==
        Fault::variant);
  CHECK(canonical_fault(bytes_of({struct_pointer(0, 1, 0), 1ull << 48}), event_layout()) ==
        Fault::unknown);
  CHECK(canonical_fault(bytes_of({struct_pointer(0, 2, 0), 0, 1}), event_layout()) ==
        Fault::unknown);
  CHECK(canonical_fault(bytes_of({struct_pointer(0, 0, 9), 0, 0, 0, 0, 0, 0, 0, 0, 0xffff'fffc}),
                        event_layout()) == Fault::unknown);
}

TEST_CASE("The largest event that fits is read, and a larger one is refused by its size alone") {
  // a pool's agreement with as long a text as there may be, many times
  const auto of_functions = [](unsigned count) {
    return specimen(Kind::POOL_AGREEMENT_PROPOSED, [&](auto event) {
      auto functions = event.getBody().getPoolAgreementProposed().initFunctions(count);
      for (unsigned i = 0; i < count; ++i)
        functions.set(i, ("function-" + std::to_string(i)).c_str());
    });
  };
  CHECK(check_form(of_functions(50)));
  const auto refused = check_form(OwnedBytes(max_event_bytes + 8));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().sentence.find("48008") != std::string::npos);
}
