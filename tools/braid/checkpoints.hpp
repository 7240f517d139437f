#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "adapters/lmdb/ledger_directory.hpp"
#include "events/entry_chain.hpp"
#include "tools/braid/operator_keys.hpp"

namespace braid::cli {

/// Where a ledger keeps what it committed itself to: `<ledger>/checkpoints/<partition>`, signed
/// notes one after another, the oldest first. Only ever appended to.
std::filesystem::path checkpoint_file(const lmdb::LedgerDirectory& directory,
                                      std::uint32_t partition);

/// The checkpoints kept of a partition and the last one signed, each once and each signed with a
/// key of the operator: a live one, or one that was revoked since. A sentence where one is not, or
/// where its key was revoked before.
Parsed<std::vector<ledger::SignedBy>> read_checkpoints(const Ledger& ledger,
                                                       std::uint32_t partition);

/// The same, and of how many of them, the first ones, each is kept for ever: the last one signed may
/// give way to the next.
struct KnownCheckpoints {
  std::vector<ledger::SignedBy> all;
  std::size_t kept = 0;
};
Parsed<KnownCheckpoints> read_known_checkpoints(const Ledger& ledger, std::uint32_t partition);

/// The last note of those, as it was kept.
std::optional<std::string> last_kept_note(const lmdb::LedgerDirectory& directory,
                                          std::uint32_t partition);

/// Keeps a note that the operator has signed. Durable when it returns. Throws IoFault, StorageFull.
void keep_note(const Ledger& ledger, std::uint32_t partition, std::string_view note);

/// Signs checkpoints with a key of the operator, where this machine has one, and keeps them: for as
/// long as the register lets that key sign. Thread: any.
class Checkpoints {
 public:
  /// So many entries after the last one the next is due.
  static constexpr Sequence entries_between = 100'000;

  /// With the key in `file`; where none is named with that of the ledger's folder, if it is there.
  /// Borrows `ledger`, which must outlive it. Throws UsageError where a file is named and the
  /// register does not let its key sign.
  explicit Checkpoints(const Ledger& ledger, const std::filesystem::path& file = {});

  /// Whether anything can be signed here now.
  [[nodiscard]] bool has_key() const { return !objection(); }
  /// Why nothing can be signed here now, and what to do; nothing: it can.
  [[nodiscard]] std::optional<std::string> objection() const;
  /// The keys of a partition's checkpoints, by the register as it stands now.
  [[nodiscard]] ledger::LogKeys keys(std::uint32_t partition) const;
  /// The partition's history at this moment as a signed note, promised before it is signed:
  /// CheckpointBook::sign. Throws HistoryBroken where it contradicts what was promised before,
  /// Refused where there is an objection.
  [[nodiscard]] std::string sign(std::uint32_t partition, const EntryChain& chain) const;
  /// Keeps one where the history has grown since the last kept, by `entries_between` or,
  /// `at_the_end`, at all, or where the last was signed with another key than this process has; and
  /// returns the note that it kept. Throws IoFault, StorageFull. Where the history contradicts what
  /// was promised, or the key is revoked, says so once and signs nothing.
  std::optional<std::string> keep(std::uint32_t partition, const EntryChain& chain,
                                  bool at_the_end);
  /// Entries in the last one kept; 0 where there is none.
  [[nodiscard]] Sequence last_kept_size(std::uint32_t partition);

 private:
  Sequence& last_kept(std::uint32_t partition);
  [[nodiscard]] bool is_anothers(std::uint32_t partition) const;

  const Ledger& ledger_;
  std::filesystem::path file_;
  std::optional<SecretKey> key_;
  mutable std::mutex keys_mutex_;
  mutable OperatorKeys operator_keys_;
  std::mutex mutex_;
  std::set<std::uint32_t> looked_at_;  ///< partitions whose last checkpoint is_anothers asked of
  std::map<std::uint32_t, Sequence> last_kept_;
  std::set<std::uint32_t> refused_;
};

}  // namespace braid::cli
