#include "ledger/memory_log.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include "events/check.hpp"

namespace braid::ledger {

struct MemoryLog::Partition {
  std::deque<OwnedBytes> entries;
  std::uint64_t term = 0;  ///< of the writer that took over last
};

struct MemoryLog::Shared {
  struct Plan {
    std::uint64_t successes;
    Failure failure;
  };

  std::mutex mutex;
  std::condition_variable grown;
  std::map<std::uint32_t, Partition> partitions;
  std::optional<Plan> plan;

  /// The failure that the append now under way is to meet.
  std::optional<Failure> due() {
    if (!plan || plan->successes-- > 0) return std::nullopt;
    auto failure = plan->failure;
    plan.reset();
    return failure;
  }
};

namespace {

std::size_t room_for(std::size_t bytes) noexcept { return (bytes + 7) / 8 * 8; }

}  // namespace

class MemoryLog::Reader final : public EntrySource {
 public:
  Reader(std::shared_ptr<Shared> shared, std::uint32_t partition)
      : shared_(std::move(shared)), partition_(partition) {}

  Sequence size() const override {
    std::lock_guard lock(shared_->mutex);
    return entries().size();
  }

  void read(Sequence from, std::size_t max_bytes, std::chrono::milliseconds patience,
            EntryBatch& batch) const override {
    batch.first = from;
    batch.entries.clear();
    std::unique_lock lock(shared_->mutex);
    shared_->grown.wait_for(lock, patience, [&] { return entries().size() > from; });
    std::size_t room = 0;
    auto end = from;
    for (; end < entries().size(); ++end) {
      auto more = room_for(entries()[end].size());
      if (end > from && room + more > max_bytes) break;
      room += more;
    }
    if (batch.storage.size() < room) batch.storage.resize(room);
    auto* to = batch.storage.data();
    for (auto i = from; i < end; ++i) {
      const auto& entry = entries()[i];
      std::copy(entry.begin(), entry.end(), to);
      batch.entries.emplace_back(to, entry.size());
      to += room_for(entry.size());
    }
  }

 private:
  const std::deque<OwnedBytes>& entries() const { return shared_->partitions[partition_].entries; }

  std::shared_ptr<Shared> shared_;
  std::uint32_t partition_;
};

class MemoryLog::Writer final : public LogWriter {
 public:
  Writer(std::shared_ptr<Shared> shared, std::uint32_t partition)
      : shared_(std::move(shared)), partition_(partition) {
    std::lock_guard lock(shared_->mutex);
    term_ = ++shared_->partitions[partition_].term;
  }

  Sequence append(Sequence expected, std::span<const Bytes> entries) override {
    for (auto entry : entries)
      check(!entry.empty() && entry.size() <= max_entry_bytes,
            "an entry is built within its limits");
    std::lock_guard lock(shared_->mutex);
    auto& partition = shared_->partitions[partition_];
    if (ended_ || partition.term != term_)
      throw Fenced("another writer has taken over partition " + name());
    if (partition.entries.size() != expected)
      throw Fenced("partition " + name() + " has " + std::to_string(partition.entries.size()) +
                   " entries, not " + std::to_string(expected));
    auto failure = shared_->due();
    if (failure && *failure != Failure::unknown_but_recorded) fail(*failure);
    for (auto entry : entries) partition.entries.emplace_back(entry.begin(), entry.end());
    shared_->grown.notify_all();
    if (failure) fail(*failure);
    return partition.entries.size();
  }

 private:
  [[noreturn]] void fail(Failure failure) {
    if (failure == Failure::storage_full)
      throw StorageFull("no room in memory, as planned; nothing was recorded");
    ended_ = true;
    if (failure == Failure::fenced)
      throw Fenced("another writer has taken over partition " + name() + ", as planned");
    throw OutcomeUnknown("whether partition " + name() +
                         " has recorded this is not known, as planned; read back");
  }

  std::string name() const { return std::to_string(partition_); }

  std::shared_ptr<Shared> shared_;
  std::uint32_t partition_;
  std::uint64_t term_ = 0;
  bool ended_ = false;
};

MemoryLog::MemoryLog() : shared_(std::make_shared<Shared>()) {}
MemoryLog::~MemoryLog() = default;

std::unique_ptr<EntrySource> MemoryLog::reader(std::uint32_t partition) const {
  return std::make_unique<Reader>(shared_, partition);
}

std::unique_ptr<LogWriter> MemoryLog::take_over(std::uint32_t partition) {
  return std::make_unique<Writer>(shared_, partition);
}

void MemoryLog::fail_append_after(std::uint64_t successes, Failure failure) {
  std::lock_guard lock(shared_->mutex);
  shared_->plan = {successes, failure};
}

}  // namespace braid::ledger
