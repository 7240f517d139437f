#include "tools/braid/publishing_thread.hpp"

#include "events/faults.hpp"
#include "tools/braid/kafka_outlet.hpp"

namespace braid::cli {
namespace {

constexpr std::chrono::milliseconds for_an_answer{2};
constexpr std::chrono::milliseconds at_once{0};

ledger::Unavailable overloaded() {
  return {
      "overloaded: the ledger has as much waiting as it takes. Nothing of this submission is "
      "recorded; send it again in a few seconds"};
}

ledger::Unavailable ended() {
  return {
      "the process that passes submissions on is ending: whether this is recorded is not known "
      "yet. Send the same events again; what is recorded already stays as it is"};
}

}  // namespace

PublishingThread::PublishingThread(const kafka::Connection& connection,
                                   const kafka::Topics& topics, const Founding& founding)
    : founding_(founding), publisher_(connection, topics), thread_([this] { work(); }) {}

PublishingThread::~PublishingThread() {
  give_up();
  thread_.join();
}

void PublishingThread::give_up() {
  const std::scoped_lock lock(mutex_);
  stopping_ = true;
  changed_.notify_all();
}

void PublishingThread::put(OwnedBytes framed, Answering answering) {
  {
    const std::scoped_lock lock(mutex_);
    if (bytes_ + framed.size() <= max_waiting_bytes && !stopping_) {
      bytes_ += framed.size();
      inbox_.push_back({std::move(framed), std::move(answering)});
      changed_.notify_all();
      return;
    }
  }
  answering(overloaded());
}

void PublishingThread::work() {
  std::vector<Waiting> waiting;
  while (take(waiting)) {
    for (auto& each : waiting) send(each);
    receive();
  }
  for (auto& each : waiting) each.answering(ended());
  for (auto& each : inbox_) each.answering(ended());
  for (auto& each : on_the_way_) each.answering(ended());
}

/// What came and may be sent, at once where answers are awaited. False: it is time to end.
bool PublishingThread::take(std::vector<Waiting>& waiting) {
  waiting.clear();
  std::unique_lock lock(mutex_);
  if (on_the_way_.empty()) changed_.wait(lock, [this] { return stopping_ || !inbox_.empty(); });
  while (!inbox_.empty() && on_the_way_.size() + waiting.size() < kafka::Publisher::max_unanswered) {
    waiting.push_back(std::move(inbox_.front()));
    inbox_.pop_front();
  }
  return !stopping_;
}

void PublishingThread::send(Waiting& waiting) {
  const auto bytes = waiting.framed.size();
  try {
    const auto number = send_where_it_belongs(publisher_, founding_, std::move(waiting.framed));
    if (number) {
      on_the_way_.push_back({*number, bytes, std::move(waiting.answering)});
      return;
    }
    waiting.answering(number.error());
  } catch (const Fault& fault) {
    waiting.answering(ledger::Unavailable{fault.what()});
  }
  finished(bytes);
}

std::optional<ledger::Answer> PublishingThread::answer_to(std::uint64_t number,
                                                         std::chrono::milliseconds patience) try {
  return publisher_.receive(number, patience);
} catch (const Fault& fault) {
  return ledger::Unavailable{fault.what()};
}

void PublishingThread::receive() {
  auto patience = for_an_answer;
  for (auto each = on_the_way_.begin(); each != on_the_way_.end();) {
    auto answer = answer_to(each->number, std::exchange(patience, at_once));
    if (!answer) {
      ++each;
      continue;
    }
    each->answering(std::move(*answer));
    finished(each->bytes);
    each = on_the_way_.erase(each);
  }
}

void PublishingThread::finished(std::size_t bytes) {
  const std::scoped_lock lock(mutex_);
  bytes_ -= bytes;
}

}  // namespace braid::cli
