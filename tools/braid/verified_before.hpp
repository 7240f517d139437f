#pragma once
#include <filesystem>
#include <memory>
#include <optional>

#include "adapters/lmdb/row_store.hpp"
#include "ledger/verify.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {

/// What an auditor keeps of one partition between two verifications, in a folder that is his own:
/// the state of judging again and the views, both where the last one ended, and a record:
///
///     DIR/<partition>/<record | state/ | views/>
///
/// The record names ledger, operator's key, entries, root and checkpoints, and holds the SHA-256 of
/// both stores' files; the last line is its own SHA-256, which can be kept elsewhere. A verification that goes
/// on works on a copy, so one that is killed or finds something leaves what was there.
class VerifiedBefore {
 public:
  /// Borrows `ledger`.
  VerifiedBefore(const std::filesystem::path& folder, const Ledger& ledger, std::uint32_t partition);

  /// Makes the copy to go on with; an empty one where there is nothing yet. Throws Refused where
  /// what is there was altered, is of another ledger, or of another version's views. Returns how
  /// many entries it has seen.
  Sequence begin(std::span<const ledger::KnownRoot> checkpoints);
  [[nodiscard]] lmdb::RowStore& state() { return *state_; }
  [[nodiscard]] lmdb::RowStore& views() { return *views_; }
  /// Forgets the views: they are folded from the beginning again.
  void forget_views();
  /// The copy replaces what was there. Returns the record's SHA-256.
  std::string keep(const ledger::Verified& verified,
                   std::span<const ledger::KnownRoot> checkpoints);

 private:
  [[nodiscard]] Sequence copy(std::span<const ledger::KnownRoot> checkpoints) const;
  [[nodiscard]] std::string not_believed(std::string_view why) const;
  [[nodiscard]] std::string head_of_record() const;
  /// SHA-256 of each store's file.
  struct Files {
    Digest state;
    Digest views;
  };
  [[nodiscard]] std::string record_of(Sequence entries, const Digest& root,
                                      std::span<const ledger::KnownRoot> checkpoints,
                                      const Files& files) const;
  Sequence check_record(std::span<const ledger::KnownRoot> checkpoints, const Files& files) const;

  std::filesystem::path folder_;
  std::filesystem::path current_;
  std::filesystem::path next_;
  std::filesystem::path old_;
  const Ledger& ledger_;
  std::uint32_t partition_;
  std::unique_ptr<lmdb::RowStore> state_;
  std::unique_ptr<lmdb::RowStore> views_;
};

}  // namespace braid::cli
