#pragma once
#include <string>

#include "ledger/master_key.hpp"

namespace braid::files {

/// A vault's master key in an environment variable, as who keeps keys elsewhere hands it over: 64
/// hexadecimal digits, as the file has them. It cannot be changed from here, so that nobody's key can
/// be destroyed while the vault is opened by it.
class MasterKeyVariable final : public ledger::MasterKey {
 public:
  /// Nothing where the environment has no such variable.
  static std::unique_ptr<MasterKeyVariable> find(const std::string& name);

  Parsed<SymmetricKey> current() override;
  Parsed<std::optional<SymmetricKey>> next() override { return std::nullopt; }
  bool is_settled() override { return true; }
  /// The sentence that says what to do instead.
  Parsed<void> can_change() override;
  /// Not to be called, for `can_change` says no.
  SymmetricKey prepare() override;
  void change() override;
  void give_up() override {}

 private:
  explicit MasterKeyVariable(std::string name) : name_(std::move(name)) {}

  std::string name_;
};

}  // namespace braid::files
