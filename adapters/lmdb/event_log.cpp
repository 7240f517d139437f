#include "adapters/lmdb/event_log.hpp"

#include <array>
#include <atomic>

#include "adapters/lmdb/log_reader.hpp"
#include "adapters/lmdb/writer_lock.hpp"
#include "events/check.hpp"

namespace braid::lmdb {
namespace {

constexpr MDB_dbi main_table = 1;
/// Of one commit, so that its pages stay in memory; the rest of an append is left to the next.
constexpr std::size_t max_commit_bytes = 64 << 20;

using Term = std::shared_ptr<std::atomic<std::uint64_t>>;

class LogWriter final : public ledger::LogWriter {
 public:
  LogWriter(std::shared_ptr<WriterLock> lock, std::shared_ptr<Environment> environment, Term term)
      : lock_(std::move(lock)),
        environment_(std::move(environment)),
        bell_(Bell::of_writer(bell_file(environment_->folder()))),
        term_(std::move(term)),
        own_term_(++*term_) {}

  Sequence append(Sequence expected, std::span<const Bytes> entries) override {
    if (term_->load() != own_term_)
      throw Fenced("another writer of this process has taken over " + place());
    if (failed_)
      throw Fenced("an earlier write to " + place() + " had an unknown outcome: start again");
    for (auto entry : entries)
      check(!entry.empty() && entry.size() <= max_entry_bytes,
            "an entry is built within its limits");
    Sequence end = expected;
    try {
      environment_->write(
          [&](WriteTransaction& transaction) { end = append_in(transaction, expected, entries); });
    } catch (const OutcomeUnknown&) {
      failed_ = true;
      throw;
    }
    if (end != expected) bell_.ring();
    return end;
  }

 private:
  Sequence append_in(WriteTransaction& transaction, Sequence expected,
                     std::span<const Bytes> entries) const {
    auto size = transaction.count(main_table);
    if (size != expected)
      throw Fenced(place() + " has " + std::to_string(size) + " entries, not " +
                   std::to_string(expected) + ": another writer has been at work");
    Cursor cursor(transaction.handle(), main_table, environment_->folder());
    std::size_t room = 0;
    for (auto entry : entries) {
      room += entry.size();
      if (room > max_commit_bytes) break;
      auto key = __builtin_bswap64(expected++);
      MDB_val key_val{sizeof key, &key};
      MDB_val value = to_val(entry);
      transaction.expect(mdb_cursor_put(cursor.handle(), &key_val, &value, MDB_APPEND), "write to");
    }
    return expected;
  }

  [[nodiscard]] std::string place() const { return environment_->folder().string(); }

  std::shared_ptr<WriterLock> lock_;
  std::shared_ptr<Environment> environment_;
  Bell bell_;
  Term term_;
  std::uint64_t own_term_;
  bool failed_ = false;
};

EnvironmentOptions for_log(EnvironmentOptions options) {
  options.max_tables = 0;
  options.durable = true;
  return options;
}

}  // namespace

EventLog::EventLog(LedgerDirectory directory, EnvironmentOptions options)
    : directory_(std::move(directory)), options_(for_log(options)) {}

EventLog::~EventLog() = default;

std::unique_ptr<EntrySource> EventLog::reader(std::uint32_t partition) const {
  return std::make_unique<LogReader>(directory_.log(partition), options_);
}

std::unique_ptr<ledger::LogWriter> EventLog::take_over(std::uint32_t partition) {
  std::lock_guard guard(mutex_);
  auto lock = lock_.lock();
  if (!lock) lock_ = lock = std::make_shared<WriterLock>(directory_);
  auto environment = Environment::open(directory_.log(partition), options_);
  if (!environment->writable()) throw_fault(EACCES, "write to", environment->folder());
  environment->sync();  // what a killed writer left unsynced is told to others from now on
  LogReader whole(directory_.log(partition), options_);
  if (auto size = whole.size(); size > 0) {  // throws HistoryBroken rather than append after damage
    EntryBatch last;
    whole.read(size - 1, 1, std::chrono::milliseconds(0), last);
  }
  auto& term = terms_[partition];
  if (!term) term = std::make_shared<std::atomic<std::uint64_t>>(0);
  return std::make_unique<LogWriter>(std::move(lock), std::move(environment), term);
}

}  // namespace braid::lmdb
