#pragma once
#include <catch2/catch.hpp>

#include "adapters/files/key_file.hpp"
#include "adapters/lmdb/event_log.hpp"
#include "events/stored_tree.hpp"
#include "ledger/signed_note.hpp"
#include "tests/support/entry_history.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tools/braid/keys.hpp"
#include "tools/braid/ledger.hpp"
#include "tools/braid/tree_keeper.hpp"

namespace braid::test {

/// A ledger's directory with the operator's key and one partition, 0, whose entries are those of an
/// `EntryHistory`: for what cares for log and tree, not for what is said.
class EntryLedger {
 public:
  EntryLedger() : directory_(*lmdb::LedgerDirectory::create(folder_ / "ledger")) {
    std::filesystem::create_directory(directory_.keys());
    REQUIRE(files::write_secret_key(cli::operator_key_file(directory_), key_));
  }

  [[nodiscard]] cli::Ledger ledger() const {
    return {directory_, {"northshire", 1, "X26", key_.public_key()}};
  }
  [[nodiscard]] const SecretKey& key() const { return key_; }
  [[nodiscard]] const support::TemporaryFolder& folder() const { return folder_; }
  [[nodiscard]] ledger::NoteKey signer() const { return {"northshire/0", key_.public_key()}; }
  [[nodiscard]] std::unique_ptr<EntrySource> reader() const {
    return lmdb::EventLog(directory_).reader(0);
  }

  /// Appends the history's entries up to `size`.
  void grow(const EntryHistory& history, Sequence size) const {
    lmdb::EventLog log(directory_);
    const auto from = log.reader(0)->size();
    log.take_over(0)->append(from, history.from(from, size));
  }
  /// Brings the stored tree up.
  void keep_tree() const {
    const auto source = reader();
    cli::TreeKeeper(directory_.tree(0), *source, false).catch_up();
  }
  /// Forgets all entries, as if an older copy or another history were put in their place.
  void cut() const {
    std::filesystem::remove_all(directory_.log(0));
    std::filesystem::remove_all(directory_.tree(0));
  }
  [[nodiscard]] EntryChain chain() const {
    const auto source = reader();
    EntryChain chain;
    EntryBatch batch;
    for (;;) {
      source->read(chain.size(), 1 << 20, std::chrono::milliseconds{0}, batch);
      if (batch.entries.empty()) return chain;
      for (const auto entry : batch.entries)
        chain.follow(EntryReader(entry).head(), leaf_hash(entry));
    }
  }

 private:
  support::TemporaryFolder folder_;
  SecretKey key_ = SecretKey::generate();
  lmdb::LedgerDirectory directory_;
};

}  // namespace braid::test
