#include "tools/braid/checkpoint_thread.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tools/braid/command.hpp"

namespace braid::cli {

CheckpointThread::CheckpointThread(const Ledger& ledger, const std::filesystem::path& key,
                                   Publish publish)
    : checkpoints_(ledger, key), publish_(std::move(publish)), thread_([this] { work(); }) {}

CheckpointThread::~CheckpointThread() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void CheckpointThread::put(std::uint32_t partition, const EntryChain& chain, Occasion occasion) {
  {
    const std::scoped_lock lock(mutex_);
    const auto due = due_from_.find(partition);
    if (occasion == Occasion::growing && due != due_from_.end() && chain.size() < due->second)
      return;
    auto& wish = waiting_[partition];
    wish = {chain, std::max(wish.occasion, occasion)};
  }
  changed_.notify_all();
}

void CheckpointThread::work() {
  bool published = true;
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return ending_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const auto next = waiting_.extract(waiting_.begin());
    const bool tell = publish_ && (published || !ending_);
    lock.unlock();
    const auto note = sign(next.key(), next.mapped());
    if (note && tell) published = publish(next.key(), *note);
    lock.lock();
  }
}

std::optional<std::string> CheckpointThread::sign(std::uint32_t partition, const Wish& wish) try {
  const auto before = signed_at_.find(partition);
  const bool waited = before == signed_at_.end() || Clock::now() - before->second > between;
  auto note = checkpoints_.keep(
      partition, wish.chain,
      wish.occasion == Occasion::ending || (wish.occasion == Occasion::idle && waited));
  if (note) signed_at_[partition] = Clock::now();
  const auto due = checkpoints_.last_kept_size(partition) + Checkpoints::entries_between;
  const std::scoped_lock lock(mutex_);
  due_from_[partition] = due;
  return note;
} catch (const std::exception& fault) {
  say(fmt::format("partition {}: no checkpoint is signed: {}", name_of_partition(partition),
                  fault.what()));
  const std::scoped_lock lock(mutex_);
  due_from_[partition] = wish.chain.size() + Checkpoints::entries_between / 100;
  return std::nullopt;
}

bool CheckpointThread::publish(std::uint32_t partition, const std::string& note) const try {
  publish_(partition, note);
  return true;
} catch (const std::exception& fault) {
  say(fmt::format("partition {}: a checkpoint is signed, and not published: {}",
                  name_of_partition(partition), fault.what()));
  return false;
}

}  // namespace braid::cli
