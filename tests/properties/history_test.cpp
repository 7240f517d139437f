#include <catch2/catch.hpp>

#include "ledger/memory_log.hpp"
#include "ledger/verify.hpp"
#include "projections/worker.hpp"
#include "tests/support/small_ledger.hpp"

namespace braid::test {
namespace {

using ledger::Receipt;

struct Lived {
  explicit Lived(std::uint64_t seed, std::size_t batches = 150)
      : county({.seed = seed, .people = 40, .panel = 10}), ledger(log) {
    for (const auto& batch : county.registry(SmallLedger::name, 1)) publish(batch);
    for (std::size_t i = 0; i < batches; ++i) publish(county.next(1 + (seed + i) % 40));
  }

  void publish(const synth::Batch& batch) {
    signed_batches.push_back(ledger.sign(county, batch));
    for (auto& receipt : ledger.submit(signed_batches.back()))
      receipts.push_back(std::move(receipt));
  }

  [[nodiscard]] std::size_t count(Receipt::Outcome outcome) const {
    std::size_t found = 0;
    for (const auto& receipt : receipts) found += receipt.outcome == outcome;
    return found;
  }

  [[nodiscard]] ledger::Verified verify(std::uint32_t partition) {
    const auto own = log.reader(partition);
    const auto lookups = log.reader(partition);
    const auto registry = log.reader(register_partition);
    MemoryRowStore scratch;
    return ledger::Verifier(std::string(SmallLedger::name), partition, {*own, *lookups, *registry},
                            scratch, {})
        .run();
  }

  ledger::MemoryLog log;
  synth::County county;
  SmallLedger ledger;
  std::vector<OwnedBytes> signed_batches;
  std::vector<Receipt> receipts;
};

Digest views_of(const ledger::EventLog& log, std::uint32_t partition, unsigned threads,
                std::size_t flush_rows) {
  MemoryRowStore store;
  const auto source = log.reader(partition);
  projections::Worker worker(*source, store,
                             {.threads = threads, .batch_bytes = 20'000, .flush_rows = flush_rows});
  worker.catch_up();
  return projections::views_digest(store);
}

}  // namespace

TEST_CASE("a county's life is accepted, but for the attempts that it means to be refused") {
  Lived lived(GENERATE(1, 2, 3));
  for (const auto& receipt : lived.receipts) {
    if (receipt.outcome == Receipt::Outcome::accepted) continue;
    const auto& why = receipt.findings.at(0);
    INFO(why.rule << " " << why.field << ": " << why.sentence);
    CHECK((why.rule == "R69" || why.rule == "authority" || why.rule == "invoice_exceeded"));
  }
  CHECK(lived.count(Receipt::Outcome::accepted) > 500);
  CHECK(lived.count(Receipt::Outcome::refused) > 0);
}

TEST_CASE("a history verifies: whole, who, lawful, balanced") {
  Lived lived(GENERATE(4, 5));
  for (const auto partition : {register_partition, 0U}) {
    const auto verified = lived.verify(partition);
    INFO((verified.bad ? verified.bad->found + " / " + verified.bad->expected : ""));
    CHECK_FALSE(verified.bad.has_value());
    CHECK(verified.entries == lived.log.reader(partition)->size());
    CHECK(verified.signatures == verified.submissions);
  }
}

TEST_CASE("submitting twice equals submitting once") {
  Lived lived(6);
  std::size_t at = 0;
  for (const auto& framed : lived.signed_batches)
    for (const auto& again : lived.ledger.submit(framed)) {
      const auto& first = lived.receipts[at++];
      CHECK(again.event == first.event);
      CHECK(again.outcome == first.outcome);
      if (first.outcome == Receipt::Outcome::refused) continue;  // judged afresh, at a new place
      CHECK(again.repeated);
      CHECK(again.sequence == first.sequence);
      CHECK(again.leaf == first.leaf);
      CHECK(again.findings == first.findings);
    }
  CHECK_FALSE(lived.verify(0).bad.has_value());
}

TEST_CASE("a sequencer that starts again from the log decides as if it had never stopped") {
  ledger::MemoryLog steady_log;
  ledger::MemoryLog restarted_log;
  synth::County county({.seed = 7, .people = 20, .panel = 5});
  SmallLedger steady(steady_log);
  SmallLedger restarted(restarted_log);
  const auto publish = [&](const synth::Batch& batch) {
    CHECK(steady.publish(county, batch) == restarted.publish(county, batch));
  };
  for (const auto& batch : county.registry(SmallLedger::name, 1)) publish(batch);
  for (int i = 0; i < 40; ++i) {
    publish(county.next(15));
    if (i % 3 == 0) restarted.restart(i % 2 == 0);
  }
  CHECK(steady.state().own_chain.root() == restarted.state().own_chain.root());
}

TEST_CASE(
    "views are the same rows whatever the number of threads and however often they are flushed") {
  Lived lived(8);
  const auto expected = views_of(lived.log, 0, 1, 1'000'000);
  CHECK(views_of(lived.log, 0, 2, 1'000'000) == expected);
  CHECK(views_of(lived.log, 0, 1, 10) == expected);
  CHECK(views_of(lived.log, 0, 2, 100) == expected);
}

TEST_CASE("the trial balance of every strand is zero at every sequence") {
  Lived lived(9);
  const auto source = lived.log.reader(0);
  std::map<std::tuple<std::string, schema::Sector, std::string>, std::int64_t> sums;
  EntryBatch batch;
  for (Sequence next = 0;; next += batch.entries.size()) {
    source->read(next, 1 << 20, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty()) break;
    for (const auto bytes : batch.entries) {
      const EntryReader entry(bytes);
      if (!entry.get().isAccepted()) continue;
      for (const auto& posting : postings_of(entry.get().getAccepted()))
        sums[{posting.strand.organisation, posting.strand.sector, posting.strand.fund}] +=
            posting.pence;
      for (const auto& [strand, sum] : sums) REQUIRE(sum == 0);
    }
  }
  CHECK(sums.size() >= 3);
}

}  // namespace braid::test
