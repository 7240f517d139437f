#include "tools/braid/vault_person.hpp"

#include "tools/braid/command.hpp"

namespace braid::cli {

void VaultPerson::declare(CLI::App& app, const std::string& whose) {
  app.add_option("PERSON", text_, whose + "a token, as `braid person token` prints it")->required();
}

PersonToken VaultPerson::token() const {
  const auto token = PersonToken::from_hex(text_);
  if (!token) throw UsageError("the person: " + token.error());
  return *token;
}

}  // namespace braid::cli
