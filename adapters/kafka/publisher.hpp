#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "adapters/kafka/topics.hpp"
#include "ledger/answer.hpp"

namespace braid::kafka {

/// A publisher's side: sends framed submissions, each to its partition, and collects their answers.
/// Answers to others pass by and are not kept, nor are those that name a place of ours and not what
/// was sent there. Thread: one.
class Publisher {
 public:
  /// Submissions that were sent and whose answers nobody has received yet.
  static constexpr std::size_t max_unanswered = 1'024;
  /// What of the answers' topics may lie ready.
  static constexpr std::size_t max_waiting_bytes = 16 << 20;
  /// How long brokers may stay away before a submission is given up.
  static constexpr std::chrono::seconds max_patience{120};

  Publisher(const Connection& connection, Topics topics);
  Publisher(const Connection& connection, Topics topics, std::chrono::milliseconds patience);
  ~Publisher();
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

  /// Does not wait until the brokers have it: a number for `receive`. Submissions reach a partition
  /// in the order in which they were given. Where it is not known whether one did, it is sent again,
  /// and those behind it, which is safe, since events are known by their ids. Throws Fault where the
  /// partition's answers cannot be read.
  std::uint64_t send(std::uint32_t partition, std::string_view place, OwnedBytes framed);
  /// The whole answer to what `send` numbered so, once; nothing where `patience` ran out: ask
  /// again. Throws IoFault where answers were deleted before they were read: send it again, and be
  /// told again; and where brokers refuse it, or none took it in time: then it may have arrived all
  /// the same, and may be sent again.
  std::optional<ledger::Answer> receive(std::uint64_t number, std::chrono::milliseconds patience);
  /// Answers that named where something unanswered was sent, and spoke of something else: of a
  /// topic that was made anew, or forged.
  [[nodiscard]] std::uint64_t ignored() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace braid::kafka
