#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "events/linkage.hpp"
#include "events/sealed.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {

/// What a published line says of whom was paid: a token that says nothing to whoever lacks the
/// linkage key, equal for equal names, and the name sealed under a key of the supplier's own, so
/// that one can be forgotten without the others. The same name gives the same token and box for
/// ever: a list imported again is the same events.
class SpendSuppliers {
 public:
  struct Supplier {
    Digest token;
    std::optional<SealedBox> name;  ///< nothing where the key was destroyed: the name is forgotten
  };

  /// Borrows `ledger`, which must outlive it. Throws UsageError where the ledger's keys are
  /// missing.
  explicit SpendSuppliers(const Ledger& ledger);

  /// Names come first, all of them ...
  void note(std::string_view name, bool redacted);
  /// ... then their keys are had from the vault in one step ...
  void seal_all();
  /// ... then each is asked for. Good while this object lives.
  [[nodiscard]] const Supplier& of(std::string_view name) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  struct Noted {
    Supplier supplier;
    bool sealed = false;  ///< a redacted name is what the publisher wrote in its place: nobody's
  };

  const Ledger& ledger_;
  LinkageKey key_;
  std::unordered_map<std::string, Noted, Hash, std::equal_to<>> noted_;
};

/// The name as tokens are made of it: small ASCII letters, one blank between words.
std::string normal_name(std::string_view name);

}  // namespace braid::cli
