#include "tools/braid/report_evidence.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>

#include "adapters/json/evidence_file.hpp"
#include "projections/reports/rows.hpp"
#include "tests/support/disk_ledger.hpp"
#include "tools/braid/checkpoints.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/evidence_sources.hpp"
#include "tools/braid/report.hpp"

using namespace braid;
using namespace braid::cli;
using braid::test::disk_ledger;
using Catch::Matchers::Contains;

namespace {

/// The operator's checkpoints of both partitions, once.
void sign_checkpoints(const Ledger& ledger) {
  static bool done = false;
  if (std::exchange(done, true)) return;
  for (const auto partition : {register_partition, 0U}) {
    const auto source = lmdb::EventLog(ledger.directory).reader(partition);
    EntryChain chain;
    EntryBatch batch;
    while (chain.size() < source->size()) {
      source->read(chain.size(), 1 << 20, std::chrono::milliseconds{0}, batch);
      for (const auto entry : batch.entries)
        chain.follow(EntryReader(entry).head(), leaf_hash(entry));
    }
    keep_note(ledger, partition,
              ledger::sign_checkpoint({ledger::origin_of(ledger.founding.name, partition),
                                       chain.size(), chain.root()},
                                      disk_ledger().operator_key()));
  }
}

std::string written(const LedgerViews& views, const std::string& name) {
  const Statement statement{std::string(test::SmallLedger::name), name, "", "", views_version()};
  char* bytes = nullptr;
  std::size_t size = 0;
  auto* out = ::open_memstream(&bytes, &size);
  print_report(make_report(views.snapshot(), {.name = name, .subject = "", .on = ""}), statement,
               views.positions(), Format::csv, out, nullptr);
  std::fclose(out);
  std::string text(bytes, size);
  std::free(bytes);
  return text;
}

ledger::Evidence evidence_of(const std::string& name) {
  const auto ledger = disk_ledger().ledger();
  sign_checkpoints(ledger);
  const LedgerViews views(ledger);
  const auto text = written(views, name);
  const auto places = entries_proving(ledger, *read_report(text), text);
  const LedgerEvidence from(ledger);
  auto evidence = ledger::gather_evidence(from.sources(), "report " + name, places);
  REQUIRE(evidence);
  evidence->report = text;
  return std::move(*evidence);
}

ledger::EvidenceChecked checked(const ledger::Evidence& evidence) {
  const auto read = json::EvidenceFile::read(json::EvidenceFile::write(evidence));
  REQUIRE(read);
  CHECK(*read == evidence);
  auto found = ledger::check_evidence(*read, {});
  if (!found.wrong) check_report(*read, found);
  return found;
}

}  // namespace

TEST_CASE("A report's evidence is checked by recomputing every cell from the entries in it") {
  std::size_t proved = 0;
  const auto ledger = disk_ledger().ledger();
  const LedgerViews views(ledger);
  for (const auto& kind : projections::reports()) {
    const auto rows = kind.make(views.snapshot(), {}).rows.size();
    INFO(kind.name);
    if (rows == 0) {
      CHECK_THROWS_AS(evidence_of(std::string(kind.name)), Refused);
      continue;
    }
    ++proved;
    const auto found = checked(evidence_of(std::string(kind.name)));
    CHECK(found.wrong.value_or("") == "");
    REQUIRE_FALSE(found.shown.empty());
    CHECK_THAT(found.shown.back(), Contains("cells follow from these entries"));
  }
  CHECK(proved >= 4);
}

TEST_CASE("A report in evidence whose cell was altered is named by row and column") {
  auto evidence = evidence_of("trial-balance");
  const auto digit = evidence.report.find_first_of("123456789", evidence.report.find("\r\n") + 2);
  auto& figure = evidence.report[digit];
  figure = figure == '9' ? '1' : static_cast<char>(figure + 1);
  const auto found = checked(evidence);
  REQUIRE(found.wrong);
  CHECK_THAT(*found.wrong, Contains("does not follow from its entries: row 1"));
}

TEST_CASE("Evidence of a report from which an entry is missing does not give its figures") {
  auto evidence = evidence_of("trial-balance");
  const auto moves_money = std::ranges::find_if(evidence.entries, [](const auto& entry) {
    const EntryReader reader(entry.bytes);
    return reader.get().isAccepted() && reader.get().getAccepted().getPostings().size() != 0;
  });
  REQUIRE(moves_money != evidence.entries.end());
  evidence.entries.erase(moves_money);
  const auto found = checked(evidence);
  REQUIRE(found.wrong);
  CHECK_THAT(*found.wrong, Contains("does not follow"));
}

TEST_CASE("A report that does not follow from the history has no evidence") {
  const auto ledger = disk_ledger().ledger();
  auto text = written(LedgerViews(ledger), "trial-balance");
  text.replace(text.find(".00"), 3, ".01");
  CHECK_THROWS_WITH(entries_proving(ledger, *read_report(text), text),
                    Contains("does not follow from this ledger's entries"));
}
