#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>

#include "adapters/lmdb/durable_file.hpp"

namespace braid::lmdb {

/// One generation of a partition's views, a folder for a RowStore. It is not removed while one of
/// these names it, in any process. Open the store after this and close it before.
class Generation {
 public:
  [[nodiscard]] std::uint64_t number() const noexcept { return number_; }
  /// Where its RowStore lies.
  [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }

 private:
  friend class ViewDirectory;
  Generation(std::uint64_t number, std::filesystem::path folder, Descriptor held);

  std::uint64_t number_;
  std::filesystem::path folder_;
  Descriptor held_;
};

/// A partition's views, old and new side by side: `<generation>/` folders and a file `current` that
/// names the one to read. Readers never meet a half-built view. Thread: any.
class ViewDirectory {
 public:
  /// `folder`: LedgerDirectory::views(partition).
  explicit ViewDirectory(std::filesystem::path folder);

  /// What to read; nothing where no generation was ever finished. Throws IoFault.
  [[nodiscard]] std::optional<Generation> current() const;
  /// An empty generation to build beside the current one. Throws IoFault, StorageFull.
  [[nodiscard]] Generation begin();
  /// From now on `built` is what readers get; they must call `current` again. Its store must be
  /// durable: RowStore::make_durable.
  void make_current(const Generation& built);
  /// Removes every generation that is not current and that nobody holds: replaced ones, and what a
  /// killed builder left. Call it when a worker starts and after `make_current`. Returns how many
  /// it removed.
  std::size_t remove_unused();

 private:
  [[nodiscard]] std::optional<std::uint64_t> current_number() const;

  std::filesystem::path folder_;
};

}  // namespace braid::lmdb
