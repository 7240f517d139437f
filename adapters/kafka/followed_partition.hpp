#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "adapters/kafka/follower.hpp"
#include "adapters/kafka/handles.hpp"

namespace braid::kafka {

/// One partition of a follower: judges its messages, and keeps its copy. Knows nothing of how they
/// come. Thread: the follower's, but for the constructor. What it finds broken it stops at: `state`
/// says why, and it takes no more.
class FollowedPartition {
 public:
  /// Takes the copy's writer over and loads the position. Throws Fenced, IoFault, StorageFull.
  FollowedPartition(std::uint32_t partition, TopicPartition place, ledger::EventLog& copy,
                    PositionStore& positions, std::function<void(std::string)> say);

  [[nodiscard]] const TopicPartition& place() const { return place_; }
  /// What has been judged and is in the copy.
  [[nodiscard]] const Followed& state() const { return state_; }
  [[nodiscard]] bool stopped() const { return !state_.stopped.empty(); }

  /// Begins to read, or begins again: from which offset on. The first message to come must be the
  /// one that was read last. `question`: of `Follower::catch_up`, or the last one.
  Offset restart(std::uint64_t question);
  /// What became of messages.
  enum class Taken {
    all,
    waits_for_disk,  ///< judged, and not in the copy: call `keep` until it says all
    left_a_hole,     ///< offsets are missing before the rest: read again from `restart`
  };
  using Messages = std::span<rd_kafka_message_t* const>;
  /// Takes messages as they come, and their headers out of them; nothing may wait for the disk.
  Taken take(Messages messages);
  /// Appends what `take` could not.
  Taken keep();
  /// The partition's end, as a message tells it.
  void reach_end(Offset end);
  /// Where the partition ends, by the newest answer of the brokers; -1: not heard.
  void hear_end(Offset end);
  /// The brokers do not have the offset that was asked for: they hold those from `first` up to `end`.
  /// False: they have it after all.
  bool lacks_offset(Offset first, Offset end);
  /// Stops: nothing is read any further.
  void stop(const std::string& why);
  /// Says what was void since it was asked last.
  void say_voids();
  /// Throws StorageFull, IoFault.
  void store_position();

  [[nodiscard]] std::uint64_t question() const { return question_; }

 private:
  void load_position();
  void verify_first(Messages& messages);
  bool cut_at_hole(Messages& messages);
  void lay_out(Messages messages);
  void judge(rd_kafka_message_t* message, std::size_t index);
  void take_valid(const rd_kafka_message_t* message, std::size_t index);
  void compare_with_copy(Sequence sequence, Bytes entry);
  Taken wait_for_disk(std::size_t left, const std::string& why);
  void publish();
  void answer_question();

  std::uint32_t partition_;
  TopicPartition place_;
  PositionStore& positions_;
  std::function<void(std::string)> say_;
  std::unique_ptr<ledger::LogWriter> writer_;
  std::unique_ptr<EntrySource> copy_;
  Sequence copy_size_ = 0;
  EntryBatch compared_;  // of the copy, as far as it was read for comparing

  Followed coming_;  // ahead of state_ while entries wait for the copy
  Followed state_;
  bool verifying_ = false;
  bool must_cover_copy_ = true;  // until it has once read to the end
  Offset known_hole_ = -1;       // that was there again when it was read again: marks of Kafka's own
  std::string said_of_disk_;
  std::uint64_t question_ = 0;
  Offset target_ = -1;  // of the question; -1: not heard yet
  std::string broken_;  // found behind valid entries that wait for the copy

  // A batch: the values, each at a multiple of eight, and their leaf hashes.
  OwnedBytes storage_;
  std::vector<Bytes> values_;
  std::vector<Digest> leaves_;
  std::vector<Bytes> valid_;  // of them: to append, in order

  Offset stored_to_ = -1;
  std::uint64_t said_void_ = 0;
};

}  // namespace braid::kafka
