#pragma once
#include <vector>

#include "adapters/kafka/history_reader.hpp"

namespace braid::test {

/// Writer 1, 2, ...; 0 is nobody.
kafka::WriterId writer(unsigned number);

/// What a writer that has found `sequence` entries ending in `previous` writes as the next: its
/// leaf is a hash of these and of `content`.
kafka::EntryMessage entry(unsigned by, Sequence sequence, const Digest& previous,
                          std::string_view content);

/// A partition's messages as tests write them: the offset is the place in the list.
class Partition {
 public:
  Partition& barrier(unsigned by, unsigned follows);
  /// With what a reader of everything so far has.
  Partition& opening(unsigned by);
  /// An entry that continues what a reader of everything so far has.
  Partition& entry(unsigned by, std::string_view content);
  Partition& message(kafka::LogMessage message);
  /// The message at an offset once more, at the end.
  Partition& again(std::size_t offset);

  [[nodiscard]] const std::vector<kafka::LogMessage>& messages() const { return messages_; }
  /// A reader of everything so far. Throws what it throws.
  [[nodiscard]] kafka::HistoryReader read() const;
  /// What a reader says about each message.
  [[nodiscard]] std::vector<kafka::Verdict> verdicts() const;

 private:
  std::vector<kafka::LogMessage> messages_;
};

}  // namespace braid::test
