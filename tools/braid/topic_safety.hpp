#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "adapters/kafka/topic_check.hpp"

namespace braid::cli {

/// Throws Refused, naming each, where the topics have settings on which the ledger's promises do not
/// hold; on a single broker, but for those that come with it.
void require_safe_topics(const kafka::Connection& connection, const kafka::Topics& topics,
                         std::uint32_t partitions, bool single_broker);

/// Asks again now and then, on a thread of its own, whether a topic has got more partitions than were
/// founded: then keys would land elsewhere. `grown` is called once, with the sentence.
class TopicWatch {
 public:
  static constexpr std::chrono::seconds usual_interval{30};

  TopicWatch(const kafka::Connection& connection, const kafka::Topics& topics,
             std::uint32_t partitions, std::function<void(std::string)> grown,
             std::chrono::milliseconds interval = usual_interval);
  ~TopicWatch();
  TopicWatch(const TopicWatch&) = delete;
  TopicWatch& operator=(const TopicWatch&) = delete;

 private:
  void work();
  bool has_grown();

  const kafka::Connection& connection_;
  const kafka::Topics& topics_;
  std::uint32_t partitions_;
  std::function<void(std::string)> grown_;
  std::chrono::milliseconds interval_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace braid::cli
