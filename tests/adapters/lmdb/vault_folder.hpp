#pragma once
#include <stdlib.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "adapters/files/key_file.hpp"
#include "adapters/files/master_key_file.hpp"
#include "adapters/lmdb/vault.hpp"

namespace braid::test {

/// A folder of a test's own with a vault and, beside it, the vault's master key.
class VaultFolder {
 public:
  VaultFolder() {
    auto name = (std::filesystem::temp_directory_path() / "braid-vault-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    root_ = name;
    REQUIRE(files::write_symmetric_key(key(), SymmetricKey::random()));
  }
  ~VaultFolder() { std::filesystem::remove_all(root_); }
  VaultFolder(const VaultFolder&) = delete;
  VaultFolder& operator=(const VaultFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& root() const { return root_; }
  [[nodiscard]] std::filesystem::path vault() const { return root_ / "vault"; }
  [[nodiscard]] std::filesystem::path key() const { return root_ / "vault.key"; }

  [[nodiscard]] std::unique_ptr<lmdb::Vault> open() const {
    auto vault = lmdb::Vault::open(this->vault(), std::make_unique<files::MasterKeyFile>(key()));
    if (!vault) throw std::runtime_error(vault.error());
    return std::move(*vault);
  }

  /// Everything of another, as a backup holds it.
  void copy_of(const VaultFolder& other) const {
    std::filesystem::remove_all(root_);
    std::filesystem::copy(other.root_, root_, std::filesystem::copy_options::recursive);
  }

 private:
  std::filesystem::path root_;
};

inline std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline bool occurs_in(const std::filesystem::path& folder, std::string_view bytes) {
  const std::filesystem::recursive_directory_iterator files(folder);
  return std::any_of(begin(files), end(files), [&](const auto& file) {
    return file.is_regular_file() && content(file.path()).find(bytes) != std::string::npos;
  });
}

}  // namespace braid::test
