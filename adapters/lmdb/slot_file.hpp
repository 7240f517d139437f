#pragma once
#include <array>
#include <cstdint>
#include <filesystem>

#include "adapters/lmdb/durable_file.hpp"
#include "events/bytes.hpp"

namespace braid::lmdb {

/// 128 bytes, so that none lies across two sectors and a power cut leaves the old ones or the new
/// ones.
using Slot = std::array<std::byte, 128>;

/// A file of slots that are overwritten where they lie. Thread: any.
class SlotFile {
 public:
  /// Makes the file (mode 0600) where there is none and `writable`. Throws IoFault.
  SlotFile(std::filesystem::path file, bool writable);

  /// The slot's bytes; zeroes beyond the end. Throws IoFault.
  [[nodiscard]] Slot read(std::uint64_t number) const;
  /// Throws IoFault, StorageFull.
  void write(std::uint64_t number, const Slot& slot);
  /// What was written survives a power cut when it returns. Throws IoFault.
  void sync();

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
  Descriptor file_;
};

}  // namespace braid::lmdb
