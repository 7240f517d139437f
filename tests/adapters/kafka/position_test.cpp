#include "adapters/kafka/position.hpp"

#include <catch2/catch.hpp>

using namespace braid;
using kafka::digest_of;
using kafka::HistoryReader;
using kafka::LastRead;
using kafka::MessageParts;
using kafka::Position;

namespace {

constexpr std::string_view writer = "sixteen bytes...";

Position after_a_message(kafka::Offset offset) {
  Position position{HistoryReader("braid.ledger/0"), std::nullopt};
  position.reader.take(offset, kafka::Foreign{"a hand that is not ours"});
  position.last = LastRead{offset, sha256(as_bytes("what stands there"))};
  return position;
}

}  // namespace

TEST_CASE("A position is read back as it was stored, before the first message and after it") {
  const Position none{HistoryReader("braid.ledger/0"), std::nullopt};
  const auto first = Position::parse("braid.ledger/0", none.bytes()).value();
  CHECK(first.last == std::nullopt);
  CHECK(first.reader.next_offset() == 0);
  const auto stored = after_a_message(41);
  const auto later = Position::parse("braid.ledger/0", stored.bytes()).value();
  CHECK(later.last == stored.last);
  CHECK(later.reader.next_offset() == 42);
  CHECK(later.reader.counts() == stored.reader.counts());
}

TEST_CASE("A position that was cut or does not fit its reader is refused") {
  const auto bytes = after_a_message(41).bytes();
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_FALSE(Position::parse("p", Bytes(bytes).first(size)));
  auto other = after_a_message(41);
  other.last->offset = 40;
  CHECK_FALSE(Position::parse("p", other.bytes()));
  other.last.reset();
  CHECK_FALSE(Position::parse("p", other.bytes()));
}

TEST_CASE("A message is known again by its writer, kind and value, and by nothing less") {
  const MessageParts message{"entry", as_bytes(writer), as_bytes("value")};
  CHECK(digest_of(message) == digest_of(message));
  const MessageParts others[] = {
      {"entri", as_bytes(writer), as_bytes("value")},
      {"entry", as_bytes("sixteen bytes.!."), as_bytes("value")},
      {"entry", as_bytes(writer), as_bytes("valu")},
      {std::nullopt, as_bytes(writer), as_bytes("value")},
      {"", as_bytes(writer), as_bytes("value")},
      {"entry", std::nullopt, as_bytes("value")},
      {"entryv", as_bytes(writer), as_bytes("alue")},
  };
  for (const auto& other : others) CHECK(digest_of(other) != digest_of(message));
}
