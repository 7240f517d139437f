#include "tools/bench/bench_ledger.hpp"

#include <fmt/format.h>

#include <chrono>
#include <stdexcept>

namespace braid::bench {

namespace {

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

lmdb::LedgerDirectory create(const std::filesystem::path& folder) {
  auto directory = lmdb::LedgerDirectory::create(folder);
  if (!directory) throw std::runtime_error(directory.error());
  return *directory;
}

OwnedBytes sign(const synth::County& county, const synth::Batch& batch) {
  std::vector<Bytes> events;
  for (const auto& event : batch.events) events.emplace_back(event);
  return sign_submission(BenchLedger::name, batch.publisher, county.key_of(batch.publisher),
                         events);
}

}  // namespace

struct BenchLedger::Side {
  Side(lmdb::EventLog& log, const lmdb::LedgerDirectory& directory, std::uint32_t partition)
      : own(log.reader(partition)),
        registry(log.reader(register_partition)),
        writer(log.take_over(partition)),
        store(directory.state(partition)),
        sequencer(partition, *own, *registry, store, now_us) {
    sequencer.lead(*writer);
  }

  std::unique_ptr<EntrySource> own;
  std::unique_ptr<EntrySource> registry;
  std::unique_ptr<ledger::LogWriter> writer;
  lmdb::RowStore store;
  ledger::Sequencer sequencer;
};

BenchLedger::BenchLedger(const std::filesystem::path& folder)
    : directory_(create(folder)), log_(directory_), county_({.seed = 42, .people = 20'000}) {
  register_ = std::make_unique<Side>(log_, directory_, register_partition);
  publish_registry();
  write_again();
}

void BenchLedger::write_again() { place_ = std::make_unique<Side>(log_, directory_, 0); }

BenchLedger::~BenchLedger() = default;

void BenchLedger::publish_registry() {
  for (const auto& batch : county_.registry(name, 1)) {
    const auto framed = sign(county_, batch);
    const auto checked = check_submission(framed, name, 1);
    if (!checked) throw std::runtime_error(checked.error().sentence);
    const std::array queue = {ledger::Queued{&*checked, register_->sequencer.next()}};
    const auto receipts = register_->sequencer.decide_all(queue);
    for (const auto& receipt : receipts.front())
      if (receipt.outcome == ledger::Receipt::Outcome::refused)
        throw std::runtime_error(receipt.findings[0].sentence);
  }
}

std::size_t BenchLedger::decide(std::span<const CheckedSubmission* const> group) {
  std::vector<ledger::Queued> queue;
  auto position = place_->sequencer.next();
  for (const auto* checked : group) {
    queue.push_back({checked, position});
    ++position.offset;
  }
  std::size_t accepted = 0;
  for (const auto& receipts : place_->sequencer.decide_all(queue))
    for (const auto& receipt : receipts)
      accepted += receipt.outcome == ledger::Receipt::Outcome::accepted;
  return accepted;
}

void BenchLedger::grow(std::size_t events) {
  std::size_t accepted = 0;
  std::size_t reported = 0;
  while (accepted < events) {
    const auto framed = next_signed(1'000);
    const auto checked = check_submission(framed, name, 1);
    if (!checked) throw std::runtime_error(checked.error().sentence);
    const std::array group = {&*checked};
    accepted += decide(group);
    if (accepted / 1'000'000 > reported)
      fmt::print(stderr, "  {} million events recorded\n", reported = accepted / 1'000'000);
  }
}

void BenchLedger::stop_writing() {
  for (auto* side : {&register_, &place_}) {
    if (*side) (*side)->sequencer.flush();
    side->reset();
  }
}

OwnedBytes BenchLedger::next_signed(std::size_t max_events) {
  return sign(county_, county_.next(max_events));
}

std::vector<OwnedBytes> sign_ahead(BenchLedger& ledger, std::size_t total, std::size_t events) {
  std::vector<OwnedBytes> batches;
  for (std::size_t signed_events = 0; signed_events < total;) {
    batches.push_back(ledger.next_signed(events));
    const auto checked = check_submission(batches.back(), BenchLedger::name, 1);
    if (!checked) throw std::runtime_error(checked.error().sentence);
    signed_events += checked->submission.events.size();
  }
  return batches;
}

}  // namespace braid::bench
