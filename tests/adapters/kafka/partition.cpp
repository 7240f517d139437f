#include "tests/adapters/kafka/partition.hpp"

namespace braid::test {

using kafka::HistoryReader;
using kafka::LogMessage;
using kafka::Verdict;

kafka::WriterId writer(unsigned number) {
  kafka::WriterId id;
  for (std::size_t i = 0; i < sizeof number; ++i)
    id.bytes[i] = static_cast<std::byte>(number >> 8 * i & 0xff);
  return id;
}

kafka::EntryMessage entry(unsigned by, Sequence sequence, const Digest& previous,
                          std::string_view content) {
  const auto leaf = Sha256{}
                        .update(std::to_string(sequence))
                        .update(Bytes(previous.bytes))
                        .update(content)
                        .digest();
  return {.writer = writer(by), .sequence = sequence, .previous = previous, .leaf = leaf};
}

Partition& Partition::barrier(unsigned by, unsigned follows) {
  return message(kafka::Barrier{writer(by), writer(follows)});
}

Partition& Partition::opening(unsigned by) {
  const auto chain = read().chain();
  return message(kafka::Opening{writer(by), chain.size(), chain.last_leaf()});
}

Partition& Partition::entry(unsigned by, std::string_view content) {
  const auto chain = read().chain();
  return message(test::entry(by, chain.size(), chain.last_leaf(), content));
}

Partition& Partition::message(LogMessage message) {
  messages_.push_back(std::move(message));
  return *this;
}

Partition& Partition::again(std::size_t offset) {
  return message(LogMessage(messages_.at(offset)));
}

HistoryReader Partition::read() const {
  HistoryReader reader("braid.ledger/3");
  for (const auto& message : messages_) reader.take(reader.next_offset(), message);
  return reader;
}

std::vector<Verdict> Partition::verdicts() const {
  HistoryReader reader("braid.ledger/3");
  std::vector<Verdict> all;
  for (const auto& message : messages_) all.push_back(reader.take(reader.next_offset(), message));
  return all;
}

}  // namespace braid::test
