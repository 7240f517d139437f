#include "tools/braid/erasures.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/lmdb/row_store.hpp"
#include "adapters/lmdb/view_directory.hpp"
#include "projections/schema/views.rows.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/keys.hpp"
#include "tools/braid/sealing.hpp"

namespace braid::cli {
namespace {

using projections::ErasureRow;

/// Runs `ask` on the current views of a partition, where there are any.
template <class Ask>
void with_views(const lmdb::LedgerDirectory& directory, std::uint32_t partition, Ask&& ask) {
  const auto generation = lmdb::ViewDirectory(directory.views(partition)).current();
  if (generation) ask(lmdb::RowSnapshot(generation->folder()));
}

std::vector<ledger::Subject> erased_persons(const Ledger& ledger) {
  std::vector<ledger::Subject> erased;
  for (const auto partition : ledger.founding.all_partitions())
    with_views(ledger.directory, partition, [&](const RowReader& rows) {
      rows.scan(ErasureRow::table, {}, [&](Bytes, Bytes value) {
        erased.push_back(ledger::Subject::person(decode<ErasureRow>(value).person));
        return true;
      });
    });
  return erased;
}

}  // namespace

bool has_vault(const lmdb::LedgerDirectory& directory) {
  return std::filesystem::exists(directory.vault()) ||
         std::filesystem::exists(vault_key_file(directory));
}

std::size_t carry_out_erasures(const Ledger& ledger, ledger::Vault& vault) {
  auto erased = erased_persons(ledger);
  std::erase_if(erased, [&](const auto& person) { return vault.is_destroyed(person); });
  return erased.empty() ? 0 : vault.destroy(erased);
}

void ErasureWatch::look(std::uint32_t partition) {
  OwnedBytes last;
  with_views(ledger_.directory, partition, [&](const RowReader& rows) {
    if (const auto key = rows.last_key(ErasureRow::table)) last.assign(key->begin(), key->end());
  });
  if (last.empty() || seen_[partition] == last || !has_vault(ledger_.directory)) return;
  try {
    open_vault(ledger_);  // which carries out what is there
    seen_[partition] = last;
    told_.clear();
  } catch (const std::exception& fault) {
    if (std::exchange(told_, fault.what()) != fault.what())
      say(fmt::format("somebody's erasure is accepted, and their key is not destroyed yet: {}",
                      fault.what()));
  }
}

}  // namespace braid::cli
