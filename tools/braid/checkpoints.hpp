#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "adapters/lmdb/ledger_directory.hpp"
#include "events/entry_chain.hpp"
#include "ledger/checkpoint.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {

/// Where a ledger keeps what it committed itself to: `<ledger>/checkpoints/<partition>`, signed
/// notes one after another, the oldest first. Only ever appended to.
std::filesystem::path checkpoint_file(const lmdb::LedgerDirectory& directory,
                                      std::uint32_t partition);

/// The checkpoints kept of a partition and the last one signed, each signed by the operator's key. A
/// sentence where one is not.
Parsed<std::vector<ledger::Checkpoint>> read_checkpoints(const Ledger& ledger,
                                                         std::uint32_t partition);

/// Keeps a note that `operator_key` has signed. Durable when it returns. Throws IoFault, StorageFull.
void keep_note(const Ledger& ledger, std::uint32_t partition, std::string_view note);

/// Signs checkpoints with the operator's key, where this machine has it, and keeps them. Thread:
/// any.
class Checkpoints {
 public:
  /// So many entries after the last one the next is due.
  static constexpr Sequence entries_between = 100'000;

  /// With the key of the ledger's folder, if it is there. Borrows `ledger`, which must outlive it.
  explicit Checkpoints(const Ledger& ledger);
  /// With the key in `file`. Throws UsageError where it is not the operator's.
  Checkpoints(const Ledger& ledger, const std::filesystem::path& file);

  /// Whether anything can be signed here.
  [[nodiscard]] bool has_key() const { return key_.has_value(); }
  /// The partition's history at this moment as a signed note, promised before it is signed:
  /// CheckpointBook::sign. Throws HistoryBroken where it contradicts what was promised before.
  [[nodiscard]] std::string sign(std::uint32_t partition, const EntryChain& chain) const;
  /// Keeps one where the history has grown since the last kept, by `entries_between` or,
  /// `at_the_end`, at all; and returns the note that it kept. Throws IoFault, StorageFull. Where the
  /// history contradicts what was promised, says so once and signs nothing.
  std::optional<std::string> keep(std::uint32_t partition, const EntryChain& chain,
                                  bool at_the_end);

 private:
  Sequence& last_kept(std::uint32_t partition);

  const Ledger& ledger_;
  std::optional<SecretKey> key_;
  std::mutex mutex_;
  std::map<std::uint32_t, Sequence> last_kept_;
  std::set<std::uint32_t> refused_;
};

}  // namespace braid::cli
