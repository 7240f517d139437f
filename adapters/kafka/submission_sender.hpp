#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "adapters/kafka/outgoing.hpp"
#include "events/digest.hpp"

namespace braid::kafka {

/// Sends framed submissions without waiting for each, in the order in which they were given to it,
/// and says where each came to lie. Where that is not known it is sent again, and all that were sent
/// after it, which is safe: events are known by their ids. Thread: one.
class SubmissionSender {
 public:
  /// How often what brokers do not take in its share of the patience is tried.
  static constexpr int max_attempts = 4;

  /// `patience`: how long brokers may stay away before a submission is given up.
  SubmissionSender(const Connection& connection, const Topics& topics,
                   std::chrono::milliseconds patience);
  SubmissionSender(const SubmissionSender&) = delete;
  SubmissionSender& operator=(const SubmissionSender&) = delete;

  /// `number`: the caller's name for it, larger than those before. `digest`: SHA-256 of `framed`,
  /// which its message bears as its id.
  void send(std::uint64_t number, std::uint32_t partition, std::string_view place,
            OwnedBytes framed, const Digest& digest);

  /// What became of a submission.
  struct Told {
    std::uint64_t number = 0;
    std::uint64_t offset = 0;  ///< in the queue of its partition
    /// Where brokers refused it, or none took it in time: a sentence. Then it may have arrived all
    /// the same, and may be sent again.
    std::optional<std::string> fault;
  };
  /// What became of the next one, each once; nothing where that takes longer than `patience`, or
  /// nothing is on its way.
  std::optional<Told> next(std::chrono::milliseconds patience);

  /// Whether something sent to `partition` is on its way.
  [[nodiscard]] bool awaits(std::uint32_t partition) const;

 private:
  struct OnTheWay {
    std::uint32_t partition = 0;
    TopicPartition to;
    std::string place;
    OwnedBytes framed;
    std::string id;
    int refused = 0;  ///< librdkafka's error, for which it is sent no more
  };
  using All = std::map<std::uint64_t, OnTheWay>;  ///< by number

  void connect();
  void hand_over(std::uint64_t number, const OnTheWay& each);
  void note(std::uint64_t number, int error);
  void send_all_again();
  std::optional<Told> next_refused();
  std::optional<Told> next_reported();
  Told take(All::iterator each, std::int64_t offset);

  const Connection& connection_;
  const Topics& topics_;
  std::chrono::milliseconds patience_;
  All on_the_way_;
  int attempts_ = 0;  // since something was delivered
  int error_ = 0;     // for which all must be sent again
  ClientHandle client_;  // borrows what is on the way
  QueueHandle queue_;
  EventHandle reports_;  // of several messages
};

}  // namespace braid::kafka
