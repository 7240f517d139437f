#include "tools/braid/host_thread.hpp"

#include <chrono>

namespace braid::cli {
namespace {

/// Nothing came for so long: the states are written, so that the next start is quick.
constexpr std::chrono::seconds idle{2};

ledger::Unavailable overloaded() {
  return {
      "overloaded: the ledger has as much waiting as it takes. Nothing of this submission is "
      "recorded; send it again in a "
      "few seconds"};
}

}  // namespace

HostThread::HostThread(LedgerHost& host) : host_(host), thread_([this] { work(); }) {}

HostThread::~HostThread() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void HostThread::put(OwnedBytes framed, Answering answering) {
  {
    const std::scoped_lock lock(mutex_);
    const bool full =
        inbox_.size() >= max_waiting || inbox_bytes_ + framed.size() > max_waiting_bytes;
    if (!full && !failure_) {
      inbox_bytes_ += framed.size();
      inbox_.push_back({std::move(framed), std::move(answering)});
      changed_.notify_all();
      return;
    }
  }
  answering(overloaded());
}

void HostThread::on_failure(std::function<void()> failed) {
  const std::scoped_lock lock(mutex_);
  failed_ = std::move(failed);
  if (failure_) failed_();
}

void HostThread::rethrow_failure() {
  const std::scoped_lock lock(mutex_);
  if (failure_) std::rethrow_exception(failure_);
}

void HostThread::work() {
  std::vector<Waiting> group;
  try {
    while (take(group)) answer(group);
  } catch (...) {
    fail(group);
  }
}

bool HostThread::take(std::vector<Waiting>& group) {
  group.clear();
  std::unique_lock lock(mutex_);
  const auto due = [&] { return stopping_ || !inbox_.empty(); };
  if (!changed_.wait_for(lock, idle, due)) {
    lock.unlock();
    host_.flush();
    lock.lock();
    changed_.wait(lock, due);
  }
  group.swap(inbox_);
  inbox_bytes_ = 0;
  return !group.empty();
}

void HostThread::answer(std::vector<Waiting>& group) {
  std::vector<OwnedBytes> framed;
  framed.reserve(group.size());
  for (auto& waiting : group) framed.push_back(std::move(waiting.framed));
  auto answers = host_.submit(framed);
  for (std::size_t i = 0; i < group.size(); ++i) group[i].answering(std::move(answers[i]));
}

/// Another writer has taken over, or the machine is of no more use: nobody is told that anything is
/// recorded.
void HostThread::fail(std::vector<Waiting>& group) {
  std::function<void()> failed;
  {
    const std::scoped_lock lock(mutex_);
    failure_ = std::current_exception();
    failed = failed_;
    for (auto& waiting : inbox_) group.push_back(std::move(waiting));
    inbox_.clear();
  }
  for (auto& waiting : group)
    if (waiting.answering)
      waiting.answering(ledger::Unavailable{
          "the ledger's writer has ended: whether this is recorded is not known. Send the same "
          "events again; what is recorded already stays as it is"});
  if (failed) failed();
}

}  // namespace braid::cli
