#pragma once
#include <filesystem>
#include <string>

#include "ledger/master_key.hpp"

namespace braid::files {

/// A vault's master key in a file of 64 hexadecimal digits, mode 0600. While it is changed two more
/// stand beside it:
///
///     vault.key           today's
///     vault.key.next      the one that is to follow
///     vault.key.retired   yesterday's, about to be overwritten
///
/// A kill leaves any of them; the next call finishes. A key is overwritten where it lies before its
/// name goes; what a file system that copies on write, a worn disk or a backup still holds is out of
/// reach.
class MasterKeyFile final : public ledger::MasterKey {
 public:
  /// A link is followed once, here: the keys stand where it leads.
  explicit MasterKeyFile(const std::filesystem::path& file);

  Parsed<SymmetricKey> current() override;
  Parsed<std::optional<SymmetricKey>> next() override;
  bool is_settled() override;
  Parsed<void> can_change() override;
  SymmetricKey prepare() override;
  void change() override;
  void give_up() override;

  /// Empty, or what its owner should do about who can read the file. After `current`.
  [[nodiscard]] const std::string& warning() const noexcept { return warning_; }

 private:
  void destroy_retired();

  std::filesystem::path file_;
  std::filesystem::path next_;
  std::filesystem::path retired_;
  std::string warning_;
};

}  // namespace braid::files
