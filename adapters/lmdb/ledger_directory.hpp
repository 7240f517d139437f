#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <tl/expected.hpp>

namespace braid::lmdb {

/// Where the parts of an embedded ledger lie. A file FORMAT says that a directory is a ledger, and
/// of which version:
///
///     FORMAT  writer.lock  socket  keys/  vault/  log/<partition>/  state/<partition>/
///     views/<partition>/<generation>/  snapshots/<partition>/<entries>/  tree/<partition>/
///
/// A partition's folder is its number, the register's is `register`. Only FORMAT is made by
/// `create`; the log's first entry founds the ledger.
class LedgerDirectory {
 public:
  /// Makes the directory (mode 0700) where it is missing. A sentence where it holds anything
  /// already. Throws IoFault, StorageFull.
  [[nodiscard]] static tl::expected<LedgerDirectory, std::string> create(
      const std::filesystem::path& root);
  /// A sentence where the directory is no ledger, or one of a version that this program does not
  /// know. Throws IoFault.
  [[nodiscard]] static tl::expected<LedgerDirectory, std::string> open(
      const std::filesystem::path& root);

  [[nodiscard]] const std::filesystem::path& root() const noexcept { return root_; }
  [[nodiscard]] std::filesystem::path log(std::uint32_t partition) const;
  [[nodiscard]] std::filesystem::path state(std::uint32_t partition) const;
  [[nodiscard]] std::filesystem::path views(std::uint32_t partition) const;
  [[nodiscard]] std::filesystem::path snapshots(std::uint32_t partition) const;
  [[nodiscard]] std::filesystem::path tree(std::uint32_t partition) const;
  [[nodiscard]] std::filesystem::path vault() const { return root_ / "vault"; }
  [[nodiscard]] std::filesystem::path keys() const { return root_ / "keys"; }
  [[nodiscard]] std::filesystem::path writer_lock() const { return root_ / "writer.lock"; }
  [[nodiscard]] std::filesystem::path socket() const { return root_ / "socket"; }

 private:
  explicit LedgerDirectory(std::filesystem::path root) : root_(std::move(root)) {}

  std::filesystem::path root_;
};

}  // namespace braid::lmdb
