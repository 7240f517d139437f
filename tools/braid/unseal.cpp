#include "tools/braid/unseal.hpp"

#include "tools/braid/sealing.hpp"

namespace braid::cli {

Unsealer unsealer_of(const Ledger& ledger) {
  const std::shared_ptr<const ledger::Vault> vault = open_vault(ledger);
  return [vault, context = sealing_context(ledger.founding.name)](
             const SealedBox& box) -> std::optional<std::string> {
    const auto key = vault->find(box.key_id);
    if (!key) return std::nullopt;
    if (key->subject.is_person()) return "(sealed)";
    const auto clear = unseal(key->key, box, as_bytes(context));
    if (!clear) return std::nullopt;
    return std::string(as_text(*clear));
  };
}

}  // namespace braid::cli
