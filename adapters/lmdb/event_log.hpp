#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/lmdb/ledger_directory.hpp"
#include "adapters/lmdb/raii.hpp"
#include "ledger/event_log.hpp"

namespace braid::lmdb {

class WriterLock;

/// The embedded engine: an LMDB environment a partition, key = sequence (8 bytes, big-endian),
/// value = the entry's bytes. Readers, here and in other processes, follow a writer live. Thread:
/// any; each reader and writer its own.
class EventLog final : public ledger::EventLog {
 public:
  /// Opens nothing yet. `options.max_tables` and `options.durable` are the engine's own business.
  explicit EventLog(LedgerDirectory directory, EnvironmentOptions options = {});
  ~EventLog() override;

  /// A partition that nobody has written yet is empty; its reader sees it once it is there.
  [[nodiscard]] std::unique_ptr<EntrySource> reader(std::uint32_t partition) const override;
  /// Takes the ledger's writer lock and keeps it while a writer lives. Throws Fenced, naming the
  /// process that has it.
  [[nodiscard]] std::unique_ptr<ledger::LogWriter> take_over(std::uint32_t partition) override;

 private:
  LedgerDirectory directory_;
  EnvironmentOptions options_;
  std::mutex mutex_;
  std::weak_ptr<WriterLock> lock_;
  std::map<std::uint32_t, std::shared_ptr<std::atomic<std::uint64_t>>> terms_;
};

}  // namespace braid::lmdb
