#include "tools/braid/reading_ledger.hpp"

#include "events/faults.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/mirroring.hpp"
#include "tools/braid/progress.hpp"
#include "tools/braid/views_keeper.hpp"

namespace braid::cli {
namespace {

void bring_up_views(const Ledger& ledger, const lmdb::EventLog& log) {
  for (const auto partition : ledger.founding.all_partitions()) {
    if (log.reader(partition)->size() == 0) continue;
    Progress progress("views of partition " + name_of_partition(partition), "entries");
    const auto show = [&](Sequence done, Sequence size) { progress.show(done, size); };
    ViewsKeeper(partition, ledger.directory, log, {.threads = 2, .progress = show}).catch_up(show);
  }
}

std::optional<Ledger> founded_copy(const std::filesystem::path& path) {
  auto directory = lmdb::LedgerDirectory::open(path);
  if (!directory) return std::nullopt;
  auto founding = read_founding(*lmdb::EventLog(*directory).reader(register_partition));
  if (!founding) return std::nullopt;
  return Ledger{std::move(*directory), std::move(*founding)};
}

}  // namespace

ReadingLedger::ReadingLedger(const LedgerPlace& place, Views views) : place_(place) {
  if (!place.kafka) {
    ledger_ = open_ledger(place.directory);
    return;
  }
  try {
    catch_up(*place.kafka, views);
  } catch (const Fenced&) {  // another process keeps the folder
    live_.reset();
    ledger_ = founded_copy(place.directory);
    if (!ledger_) throw;
  }
}

ReadingLedger::~ReadingLedger() = default;

void ReadingLedger::catch_up(std::uint32_t partition) {
  if (live_) live_->catch_up(partition);
}

void ReadingLedger::catch_up(const kafka::Address& address, Views views) {
  live_ = std::make_unique<KafkaLedger>(address, KafkaLedger::Options{});
  live_->catch_up_all();
  ledger_ = live_->ledger();
  take_newest_checkpoints(*live_);
  if (views == Views::brought_up) bring_up_views(*ledger_, live_->copy());
}

Ledger open_founded(const LedgerPlace& place) {
  if (!place.kafka) return open_ledger(place.directory);
  if (auto copy = founded_copy(place.directory)) return std::move(*copy);
  return KafkaLedger(*place.kafka, {}).ledger();
}

}  // namespace braid::cli
