#include "tools/braid/spend_suppliers.hpp"

#include "events/check.hpp"
#include "tools/braid/keys.hpp"
#include "tools/braid/sealing.hpp"

namespace braid::cli {
namespace {

constexpr std::string_view supplier_scheme = "supplier";

/// Each name has its own nonce under its key, whenever and wherever it is sealed: the box tells
/// nothing that the token does not tell already.
Nonce nonce_of(const LinkageKey& key, std::string_view name) {
  const auto derived = linkage_token(key, "supplier-nonce", name);
  Nonce nonce;
  std::copy_n(derived.bytes.begin(), nonce.size(), nonce.begin());
  return nonce;
}

}  // namespace

std::string normal_name(std::string_view name) {
  std::string normal;
  bool blank = false;
  for (const char c : name) {
    if (c == ' ' || c == '\t') {
      blank = !normal.empty();
      continue;
    }
    if (blank) normal += ' ';
    blank = false;
    normal += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return normal;
}

SpendSuppliers::SpendSuppliers(const Ledger& ledger)
    : ledger_(ledger), key_(read_symmetric_key(linkage_key_file(ledger.directory))) {}

void SpendSuppliers::note(std::string_view name, bool redacted) {
  auto known = noted_.find(name);
  if (known == noted_.end())
    known =
        noted_
            .emplace(std::string(name),
                     Noted{{linkage_token(key_, supplier_scheme, normal_name(name)), {}}, false})
            .first;
  known->second.sealed |= !redacted && !name.empty();
}

void SpendSuppliers::seal_all() {
  std::vector<std::pair<const std::string, Noted>*> to_seal;
  std::vector<ledger::Subject> subjects;
  for (auto& noted : noted_) {
    if (!noted.second.sealed || noted.second.supplier.name) continue;
    to_seal.push_back(&noted);
    subjects.push_back(ledger::Subject::name(noted.second.supplier.token));
  }
  if (subjects.empty()) return;
  const auto keys = open_vault(ledger_)->keys_for(subjects);
  const auto context = sealing_context(ledger_.founding.name);
  for (std::size_t i = 0; i < to_seal.size(); ++i) {
    if (!keys[i]) continue;
    const auto& name = to_seal[i]->first;
    to_seal[i]->second.supplier.name =
        seal(keys[i]->key, keys[i]->id, as_bytes(name), as_bytes(context), nonce_of(key_, name));
  }
}

const SpendSuppliers::Supplier& SpendSuppliers::of(std::string_view name) const {
  const auto known = noted_.find(name);
  check(known != noted_.end(), "every name was noted in the first reading of the same bytes");
  return known->second.supplier;
}

}  // namespace braid::cli
