#include "tools/braid/topic_safety.hpp"

#include <fmt/format.h>

#include "events/faults.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
namespace {

std::string sentence_of(const kafka::UnsafeSetting& unsafe) {
  return fmt::format("{}: {} is {}, not {}: {}", unsafe.topic, unsafe.setting, unsafe.found,
                     unsafe.expected, unsafe.why);
}

}  // namespace

void require_safe_topics(const kafka::Connection& connection, const kafka::Topics& topics,
                         std::uint32_t partitions, bool single_broker) {
  std::size_t objections = 0;
  std::size_t tolerable = 0;
  for (const auto& unsafe : kafka::check_topics(connection, topics, partitions)) {
    if (unsafe.single_broker && single_broker) continue;
    say(sentence_of(unsafe));
    ++objections;
    tolerable += unsafe.single_broker;
  }
  if (objections == 0) return;
  throw Refused(fmt::format(
      "the topics are not safe to serve on: see above{}. `braid topics check` lists them again",
      tolerable == objections ? "; to try things out on a single broker, give --single-broker"
                              : ""));
}

TopicWatch::TopicWatch(const kafka::Connection& connection, const kafka::Topics& topics,
                       std::uint32_t partitions, std::function<void(std::string)> grown,
                       std::chrono::milliseconds interval)
    : connection_(connection),
      topics_(topics),
      partitions_(partitions),
      grown_(std::move(grown)),
      interval_(interval),
      thread_([this] { work(); }) {}

TopicWatch::~TopicWatch() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void TopicWatch::work() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, interval_, [this] { return stopping_; })) {
    lock.unlock();
    const bool grown = has_grown();
    lock.lock();
    if (grown) return;
  }
}

bool TopicWatch::has_grown() try {
  for (const auto& unsafe : kafka::check_topics(connection_, topics_, partitions_)) {
    if (unsafe.setting != "partitions") continue;
    grown_(sentence_of(unsafe));
    return true;
  }
  return false;
} catch (const Fault&) {  // brokers are away: whoever reads and writes says so
  return false;
}

}  // namespace braid::cli
