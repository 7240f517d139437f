#pragma once
#include <CLI/CLI.hpp>
#include <string>

#include "events/person_token.hpp"

namespace braid::cli {

/// The person whom a command of the vault is about: never a name, a token.
class VaultPerson {
 public:
  /// PERSON. `whose`: what its help begins with.
  void declare(CLI::App& app, const std::string& whose = "");
  /// Throws UsageError where it is no token.
  [[nodiscard]] PersonToken token() const;

 private:
  std::string text_;
};

}  // namespace braid::cli
