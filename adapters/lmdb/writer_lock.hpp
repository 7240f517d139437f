#pragma once
#include <optional>
#include <string>

#include "adapters/lmdb/durable_file.hpp"
#include "adapters/lmdb/ledger_directory.hpp"

namespace braid::lmdb {

/// The right to write a ledger: its log, its decider's state, its vault. One process at a time has
/// it; the system takes it back when the process ends, however it ends. The lock file holds the pid
/// and command of the last holder.
class WriterLock {
 public:
  /// Throws Fenced, naming the process that holds the ledger; IoFault where the directory may not
  /// be written.
  explicit WriterLock(const LedgerDirectory& ledger);

  /// Who has it now, "process 1234 (braid serve)"; nothing where nobody has. Throws IoFault.
  [[nodiscard]] static std::optional<std::string> holder(const LedgerDirectory& ledger);

 private:
  Descriptor file_;
};

}  // namespace braid::lmdb
