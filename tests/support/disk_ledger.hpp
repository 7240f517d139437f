#pragma once
#include "adapters/lmdb/event_log.hpp"
#include "tests/support/small_ledger.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tools/braid/ledger.hpp"
#include "tools/braid/views_keeper.hpp"

namespace braid::test {

/// A small county's ledger in a folder, with its views brought up: what commands that read meet.
class DiskLedger {
 public:
  /// `batches` submissions of at most `events` events.
  DiskLedger(std::uint64_t seed, int batches, std::size_t events)
      : directory_(*lmdb::LedgerDirectory::create(folder_ / "ledger")),
        county_({.seed = seed, .people = 12, .panel = 4}) {
    {
      lmdb::EventLog log(directory_);
      SmallLedger small(log);
      for (const auto& batch : county_.registry(SmallLedger::name, 1)) small.publish(county_, batch);
      for (int i = 0; i < batches; ++i) small.publish(county_, county_.next(events));
    }
    const lmdb::EventLog log(directory_);
    for (const auto partition : {register_partition, 0U})
      cli::ViewsKeeper(partition, directory_, log, {}).catch_up();
  }

  [[nodiscard]] cli::Ledger ledger() const { return cli::open_ledger(directory_.root()); }
  [[nodiscard]] const lmdb::LedgerDirectory& directory() const { return directory_; }
  [[nodiscard]] const support::TemporaryFolder& folder() const { return folder_; }
  [[nodiscard]] const SecretKey& operator_key() const {
    return county_.key_of(synth::County::operator_code);
  }
  [[nodiscard]] Sequence size(std::uint32_t partition) const {
    return lmdb::EventLog(directory_).reader(partition)->size();
  }

 private:
  support::TemporaryFolder folder_;
  lmdb::LedgerDirectory directory_;
  synth::County county_;
};

/// Built once a process.
inline const DiskLedger& disk_ledger() {
  static const DiskLedger ledger(7, 40, 12);
  return ledger;
}

}  // namespace braid::test
