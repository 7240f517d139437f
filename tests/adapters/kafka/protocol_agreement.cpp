#include "adapters/kafka/history_reader.hpp"
#include "events/faults.hpp"
#include "tests/adapters/kafka/partition.hpp"
#include "tests/adapters/kafka/protocol_model.hpp"

namespace braid::test::protocol {
namespace {

Digest digest_of(Leaf leaf) {
  Digest digest;
  for (std::size_t i = 0; i < sizeof leaf; ++i)
    digest.bytes[i] = static_cast<std::byte>(leaf >> 8 * i & 0xff);
  return digest;
}

kafka::LogMessage real(const Message& message) {
  const auto by = test::writer(message.writer);
  switch (message.kind) {
    case Kind::barrier: return kafka::Barrier{by, test::writer(message.number)};
    case Kind::opening: return kafka::Opening{by, message.number, digest_of(message.leaf)};
    case Kind::entry:
      return kafka::EntryMessage{by, message.number, digest_of(message.leaf),
                                 digest_of(leaf_of(message))};
  }
  return kafka::Foreign{};
}

std::string difference(const kafka::HistoryReader& reader, const Reading& expected) {
  if (reader.current() != test::writer(unsigned(expected.current))) return "the current writer";
  if (reader.opened() != expected.opened) return "opened";
  if (reader.torn() != expected.torn) return "torn";
  if (reader.chain().size() != expected.valid.size()) return "the size";
  if (reader.chain().last_leaf() != digest_of(head_of(expected.valid))) return "the head";
  return {};
}

}  // namespace

std::string disagreement(const Messages& log) {
  const std::string name = "braid.ledger/3";
  const auto expected = read_all(all_rules(), log);
  kafka::HistoryReader steady(name);
  try {
    for (const auto& message : log) {
      auto again = kafka::HistoryReader::parse(name, steady.bytes());
      if (!again) return "a reader cannot be read back: " + again.error();
      const auto at = steady.next_offset();
      const auto verdict = steady.take(at, real(message));
      if (again->take(at, real(message)) != verdict || again->bytes() != steady.bytes())
        return "a reader that was read back goes on otherwise";
    }
  } catch (const HistoryBroken&) {
    return expected.stopped ? "" : "the reader stops, the model does not";
  }
  if (expected.stopped) return "the model stops, the reader does not";
  return difference(steady, expected);
}

}  // namespace braid::test::protocol
