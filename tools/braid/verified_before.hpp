#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "adapters/lmdb/durable_file.hpp"
#include "ledger/verify.hpp"
#include "tools/braid/kept_rows.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {

/// What an auditor keeps of one partition between two verifications, in a folder that is his own:
/// the state of judging again and the views, both where the last one ended, and a record:
///
///     DIR/<partition>/<record | state.* | views.*>        (the last two: KeptRows)
///
/// The record names ledger, operator's key, entries, root and the checkpoints passed, and holds the
/// SHA-256 of the stores' files; its last line is its own SHA-256, which can be kept elsewhere. What
/// it does not name does not count, so a verification that is killed or finds something leaves what
/// was there.
class VerifiedBefore {
 public:
  /// Borrows `ledger`.
  VerifiedBefore(const std::filesystem::path& folder, const Ledger& ledger, std::uint32_t partition);

  /// What the operator signed of the partition.
  struct Checkpoints {
    std::vector<ledger::KnownRoot> kept;   ///< for ever
    std::vector<ledger::KnownRoot> shown;  ///< may give way to the next
  };

  /// Opens what there is to go on with; empty stores where there is nothing yet. Throws Refused
  /// where what is there was altered, is of another ledger, or of another version's views, where a
  /// checkpoint that was passed and kept is no longer there, and where another process is at it.
  void begin(const Checkpoints& checkpoints);

  /// What it has seen: entries, and the root over them.
  [[nodiscard]] const ledger::KnownRoot& seen() const { return record_.seen; }
  /// Checkpoints of what it has seen that were signed, or came, since.
  [[nodiscard]] const std::vector<ledger::KnownRoot>& late() const { return late_; }
  [[nodiscard]] RowStore& state() { return state_.rows(); }
  [[nodiscard]] RowStore& views() { return views_.rows(); }
  /// Forgets the views: they are folded from the beginning again.
  void forget_views();
  /// What the next one can go on from. Returns the record's SHA-256.
  std::string keep(const ledger::Verified& verified, const Checkpoints& checkpoints);

 private:
  struct Record {
    ledger::KnownRoot seen;
    Checkpoints passed;  ///< of so many entries or fewer
    KeptRows::Kept state;
    KeptRows::Kept views;
  };

  [[nodiscard]] std::filesystem::path file() const { return folder_ / "record"; }
  [[nodiscard]] std::string head() const;
  [[nodiscard]] std::string text_of(const Record& record) const;
  [[nodiscard]] Record read() const;
  void check_checkpoints(const Checkpoints& checkpoints);
  void lock();
  void check_nothing_else() const;
  [[noreturn]] void refuse(std::string_view why) const;

  std::filesystem::path folder_;
  const Ledger& ledger_;
  std::uint32_t partition_;
  std::optional<lmdb::Descriptor> lock_;
  Record record_;  ///< empty where there is none
  std::vector<ledger::KnownRoot> late_;
  KeptRows state_;
  KeptRows views_;
};

}  // namespace braid::cli
