#pragma once
#include <map>
#include <mutex>

#include "ledger/vault.hpp"

namespace braid::ledger {

/// A vault that is gone with its process: for tests, and the second implementation of the port's
/// promises.
class MemoryVault final : public Vault {
 public:
  std::vector<std::optional<VaultKey>> keys_for(std::span<const Subject> subjects) override {
    const std::lock_guard lock(mutex_);
    std::vector<std::optional<VaultKey>> keys;
    keys.reserve(subjects.size());
    for (const auto& subject : subjects) {
      const auto [place, is_new] = keys_.try_emplace(subject);
      if (is_new) place->second = VaultKey{new_key_id(), SymmetricKey::random(), subject};
      keys.push_back(copy_of(place->second));
    }
    return keys;
  }

  std::optional<VaultKey> find(const Uuid& key_id) const override {
    const std::lock_guard lock(mutex_);
    for (const auto& [subject, key] : keys_)
      if (key && key->id == key_id) return copy_of(key);
    return std::nullopt;
  }

  std::optional<VaultKey> find(const Subject& subject) const override {
    const std::lock_guard lock(mutex_);
    const auto key = keys_.find(subject);
    return key == keys_.end() ? std::nullopt : copy_of(key->second);
  }

  bool is_destroyed(const Subject& subject) const override {
    const std::lock_guard lock(mutex_);
    const auto key = keys_.find(subject);
    return key != keys_.end() && !key->second;
  }

  using Vault::destroy;
  std::size_t destroy(std::span<const Subject> subjects) override {
    const std::lock_guard lock(mutex_);
    std::size_t had_one = 0;
    for (const auto& subject : subjects) {
      auto& key = keys_[subject];
      had_one += key.has_value() ? 1 : 0;
      key.reset();
    }
    return had_one;
  }

 private:
  static std::optional<VaultKey> copy_of(const std::optional<VaultKey>& key) {
    if (!key) return std::nullopt;
    return VaultKey{key->id, SymmetricKey(key->key.expose()), key->subject};
  }

  mutable std::mutex mutex_;
  std::map<Subject, std::optional<VaultKey>> keys_;  // nothing: destroyed
};

}  // namespace braid::ledger
