#pragma once
#include <filesystem>

#include "adapters/lmdb/durable_file.hpp"

namespace braid::lmdb {

/// Who uses a vault now: any number of processes together, or one that writes it anew by itself.
/// The system takes the lock back when the process ends, however it ends. Thread: one at a time.
class VaultLock {
 public:
  /// Makes the file where there is none and it may. Where it may not, on a copy that is only read,
  /// nothing is locked and nobody can have the vault alone.
  explicit VaultLock(const std::filesystem::path& file);

  /// Together with others; waits for whoever has it alone. Throws IoFault where that takes half a
  /// minute.
  void share();
  /// Alone; waits for the others. What they changed meanwhile must be read anew. Throws IoFault
  /// where that takes half a minute, and shares again.
  void take();

 private:
  [[nodiscard]] bool wait_for(int operation) const;

  std::filesystem::path path_;
  Descriptor file_;
};

}  // namespace braid::lmdb
