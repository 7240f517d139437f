#include "adapters/kafka/log_message.hpp"

#include <catch2/catch.hpp>

#include "events/merkle.hpp"
#include "tests/adapters/kafka/partition.hpp"

using namespace braid;
using namespace braid::kafka;
using Catch::Matchers::Contains;
using test::writer;

namespace {

LogMessage decoded(std::optional<std::string_view> kind, const WriterId& by, Bytes value) {
  return decode({.kind = kind, .writer = Bytes(by.bytes), .value = value});
}

std::string why_foreign(const LogMessage& message) { return std::get<Foreign>(message).why; }

constexpr EntryHead head = {.sequence = 7, .previous = {{std::byte{1}, std::byte{2}}}};

OwnedBytes an_entry() {
  EntryEncoder encoder;
  const auto bytes = encoder.encode(head, RepeatedBody{.index = 3, .first = 2});
  return {bytes.begin(), bytes.end()};
}

}  // namespace

TEST_CASE("A barrier is read as it was written") {
  for (const unsigned follows : {0U, 7U}) {
    const Barrier barrier{writer(8), writer(follows)};
    CHECK(value_of(barrier).size() == 16);
    CHECK(std::get<Barrier>(decoded("barrier", writer(8), value_of(barrier))) == barrier);
  }
}

TEST_CASE("An opening is read as it was written") {
  const Opening opening{writer(8), 0x0102030405060708, sha256({})};
  const auto value = value_of(opening);
  CHECK(value.size() == 40);
  CHECK(value[0] == std::byte{8});
  CHECK(std::get<Opening>(decoded("opening", writer(8), value)) == opening);
}

TEST_CASE("An entry's sequence and leaves are taken from its bytes, wherever they lie") {
  const OwnedBytes bytes = an_entry();
  const EntryMessage expected{writer(8), 7, head.previous, leaf_hash(bytes)};
  CHECK(std::get<EntryMessage>(decoded("entry", writer(8), bytes)) == expected);
  for (std::size_t shift = 1; shift < 8; ++shift) {
    OwnedBytes shifted(bytes.size() + shift);
    std::copy(bytes.begin(), bytes.end(), shifted.begin() + static_cast<std::ptrdiff_t>(shift));
    CHECK(std::get<EntryMessage>(decoded("entry", writer(8), Bytes(shifted).subspan(shift))) ==
          expected);
  }
}

TEST_CASE("A leaf hash that is known is taken") {
  const OwnedBytes bytes = an_entry();
  const WriterId by = writer(8);
  const auto message =
      decode({.kind = "entry", .writer = Bytes(by.bytes), .value = bytes}, sha256({}));
  CHECK(std::get<EntryMessage>(message).leaf == sha256({}));
}

TEST_CASE("What calls itself an entry and is none says why") {
  const auto why = [](Bytes value) {
    return std::get<UnreadableEntry>(decoded("entry", writer(8), value)).why;
  };
  CHECK_THAT(why({}), Contains("not an entry"));
  CHECK_THAT(why(as_bytes("eight by")), Contains("not an entry"));
  const OwnedBytes zeros(1'000'000);
  CHECK_THAT(why(zeros), Contains("none has more"));
  CHECK_THAT(why(Bytes(zeros).subspan(1)), Contains("none has more"));
  const OwnedBytes bytes = an_entry();
  CHECK_THAT(why(Bytes(bytes).first(bytes.size() - 8)), Contains("not an entry"));
}

TEST_CASE("A message without a writer, or with none that could be, is foreign") {
  const OwnedBytes bytes = an_entry();
  CHECK_THAT(why_foreign(decode({.kind = "entry", .value = bytes})), Contains("who wrote it"));
  for (const std::size_t length : {0U, 15U, 17U, 1000U}) {
    const OwnedBytes id(length, std::byte{1});
    CHECK_THAT(why_foreign(decode({.kind = "barrier", .writer = Bytes(id), .value = bytes})),
               Contains("16 bytes") && Contains(std::to_string(length)));
  }
  CHECK_THAT(why_foreign(decoded("barrier", writer(0), value_of(Barrier{}))), Contains("zeros"));
  CHECK_THAT(why_foreign(decode({})), Contains("who wrote it"));
}

TEST_CASE("A message that does not say what it is is foreign") {
  CHECK_THAT(why_foreign(decoded(std::nullopt, writer(8), {})), Contains("what it is"));
}

TEST_CASE("A malformed barrier or opening is foreign") {
  const OwnedBytes many(100);
  for (const std::size_t length : {0U, 15U, 17U, 39U, 41U, 100U}) {
    const auto value = Bytes(many).first(length);
    CHECK_THAT(why_foreign(decoded("barrier", writer(8), value)), Contains("16 bytes"));
    CHECK_THAT(why_foreign(decoded("opening", writer(8), value)), Contains("40 bytes"));
  }
  CHECK_THAT(why_foreign(decoded("barrier", writer(8), value_of(Barrier{{}, writer(8)}))),
             Contains("follows itself"));
}

TEST_CASE("A kind that this version does not know is told apart from a foreign hand's") {
  CHECK(std::get<UnknownKind>(decoded("coda", writer(8), {})).kind == "coda");
  CHECK(std::get<UnknownKind>(decoded("coda", writer(8), {})).writer == writer(8));
  CHECK(std::get<UnknownKind>(decoded("Entry", writer(8), an_entry())).kind == "Entry");
  CHECK(std::get<UnknownKind>(decoded("", writer(8), {})).kind.empty());
  const std::string endless(1'000'000, 'x');
  CHECK(std::get<UnknownKind>(decoded(endless, writer(8), {})).kind.size() == 64);
}

TEST_CASE("Messages that differ in writer, kind or value have different marks, whatever they are") {
  const OwnedBytes entry_bytes = an_entry();
  const OwnedBytes id_of_17(17, std::byte{1});
  const std::vector<LogMessage> all = {
      decoded("barrier", writer(8), value_of(Barrier{{}, writer(7)})),
      decoded("barrier", writer(8), value_of(Barrier{{}, writer(6)})),
      decoded("barrier", writer(9), value_of(Barrier{{}, writer(7)})),
      decoded("opening", writer(8), value_of(Opening{{}, 7, {}})),
      decoded("opening", writer(8), value_of(Opening{{}, 8, {}})),
      decoded("opening", writer(9), value_of(Opening{{}, 7, {}})),
      decoded("entry", writer(8), entry_bytes),
      decoded("entry", writer(9), entry_bytes),
      decoded("entry", writer(8), as_bytes("no entry")),
      decoded("entry", writer(8), as_bytes("nor this")),
      decoded("coda", writer(8), entry_bytes),
      decoded("codas", writer(8), entry_bytes),
      decoded(std::nullopt, writer(8), entry_bytes),
      decoded("", writer(8), entry_bytes),
      decode({.kind = "entry", .value = entry_bytes}),
      decode({.kind = "entry", .writer = Bytes(id_of_17), .value = entry_bytes}),
      decode({.kind = "entry", .writer = Bytes{}, .value = entry_bytes}),
  };
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = 0; j < all.size(); ++j) {
      INFO(i << " and " << j);
      CHECK((mark_of(all[i]) == mark_of(all[j])) == (i == j));
    }
}

TEST_CASE("A writer id has 32 digits for people") {
  CHECK(writer(0xfe).text() == "fe000000000000000000000000000000");
  CHECK(writer(0).is_nil());
  CHECK_FALSE(writer(1).is_nil());
}
