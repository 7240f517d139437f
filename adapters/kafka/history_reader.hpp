#pragma once
#include <optional>
#include <string>

#include "adapters/kafka/log_message.hpp"
#include "adapters/kafka/recent_leaves.hpp"
#include "events/entry_chain.hpp"

namespace braid::kafka {

/// A message's place in its Kafka partition. Not a sequence: barriers, openings and void messages
/// have offsets and no sequence.
using Offset = std::int64_t;

/// What a message is to a reader.
enum class Verdict {
  became_current,  ///< a barrier: from here on its writer writes
  opened,          ///< the writer's opening, and it found what we have
  valid,           ///< the next entry of the history
  repeated,        ///< an exact repeat of an entry we have: skipped
  voided,          ///< as if it were not there
  torn,            ///< void, as is everything of its writer from here on to the next barrier
};

/// What a reader has met, for status and metrics.
struct ReaderCounts {
  std::uint64_t barriers = 0;  ///< those that made a writer current
  std::uint64_t repeated = 0;
  std::uint64_t voided = 0;  ///< torn and foreign ones included
  std::uint64_t torn = 0;    ///< how often a writer left a gap
  std::uint64_t foreign = 0;

  bool operator==(const ReaderCounts&) const = default;
};

/// What every reader of a ledger partition (sequencer, worker, mirror) does with its messages: the
/// table of protocol/README.md. Readers that have taken the same messages are equal, wherever they
/// stopped and went on in between. A value: stored by `bytes` beside what the reader stores, and a
/// copy goes on by itself. Pure.
class HistoryReader {
 public:
  /// From the partition's beginning. `partition` names it in sentences: "braid.ledger/3".
  explicit HistoryReader(std::string partition);

  /// Takes the message at `offset`, which is not before `next_offset()`; offsets may skip, for Kafka
  /// keeps marks of its own between messages. Throws HistoryBroken, with nothing taken, where the
  /// history differs from what its writer found, or this version does not know what it says.
  Verdict take(Offset offset, const LogMessage& message);

  /// Throws HistoryBroken where the partition, which holds offsets from `first` up to, not
  /// including, `end`, is shorter than what was read, or lacks what comes next.
  void require_offsets(Offset first, Offset end) const;

  /// Throws HistoryBroken where the last message read (at `next_offset() - 1`) is not `message` at
  /// `offset`: a log that was cut and has grown again holds other messages where ours were. Asked
  /// before a reader goes on after it was away. There is a last message.
  void require_last(Offset offset, const LogMessage& message) const;

  /// Whether anything was read, so that `require_last` can be asked.
  [[nodiscard]] bool has_read() const { return next_offset_ != 0; }
  /// Where to go on.
  [[nodiscard]] Offset next_offset() const { return next_offset_; }
  /// Nil before the first barrier.
  [[nodiscard]] const WriterId& current() const { return current_; }
  [[nodiscard]] bool opened() const { return opened_; }
  [[nodiscard]] bool torn() const { return torn_; }
  /// The valid entries.
  [[nodiscard]] const EntryChain& chain() const { return chain_; }
  [[nodiscard]] const ReaderCounts& counts() const { return counts_; }

  /// As stored. `parse` refuses anything else; any bytes have an answer.
  [[nodiscard]] OwnedBytes bytes() const;
  static Parsed<HistoryReader> parse(std::string partition, Bytes bytes);

 private:
  struct Take;  // an overload a kind of message

  [[nodiscard]] std::string place(Offset offset) const;
  [[nodiscard]] Digest last_mark() const;
  [[nodiscard]] bool serves(const WriterId& writer) const;

  std::string partition_;
  Offset next_offset_ = 0;
  std::optional<LogMessage> last_;  // the message before it; nothing where it was parsed:
  Digest last_mark_{};              // then its mark
  WriterId current_;
  bool opened_ = false;
  bool torn_ = false;
  EntryChain chain_;
  RecentLeaves recent_;  // of the current writer's entries
  ReaderCounts counts_;
};

}  // namespace braid::kafka
