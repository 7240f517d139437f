// `braid audit reconcile`: two bodies' copies of one ledger, compared over a pooled fund.
#include <fmt/format.h>

#include <memory>

#include "events/kinds.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/reconciliation.hpp"

namespace braid::cli {
namespace {

using projections::PoolComparison;
using projections::PoolEntry;
using projections::PoolFigure;

struct Options {
  std::string ours;
  std::string theirs;
  std::string pool;
  std::string evidence;
  Format format = Format::table;
};

Cell amount(const PoolFigure& figure, std::int64_t value) {
  return figure.pence ? Cell::of_pence(value) : Cell::of_number(value);
}

void print_figure(SheetPrinter& printer, const PoolComparison::Differing& figure) {
  const auto& own = figure.ours;
  printer.row(std::vector{Cell::of_text("figure"), Cell::of_text(own.organisation),
                          Cell::of_text(own.of), Cell::of_text(own.name), amount(own, own.value),
                          amount(own, figure.theirs.value),
                          amount(own, own.value - figure.theirs.value), Cell::none(), Cell::none(),
                          Cell::none()});
}

/// An entry that a copy has, or has otherwise; what it put into the pool in each.
void print_entry(SheetPrinter& printer, std::string_view finding, const PoolEntry* ours,
                 const PoolEntry* theirs) {
  const auto& entry = ours != nullptr ? *ours : *theirs;
  const auto pence = [](const PoolEntry* from) { return from == nullptr ? 0 : from->pence; };
  const auto cell = [&](const PoolEntry* from) {
    return from == nullptr ? Cell::none() : Cell::of_pence(from->pence);
  };
  printer.row(std::vector{
      Cell::of_text(finding), Cell::of_text(entry.publisher), Cell::of_day(entry.effective),
      Cell::of_text(info_of(entry.kind).name), cell(ours), cell(theirs),
      Cell::of_pence(pence(ours) - pence(theirs)), Cell::of_text(name_of_partition(entry.partition)),
      Cell::of_count(entry.sequence), Cell::of_code(entry.event.text())});
}

void print_rows(SheetPrinter& printer, const PoolComparison& comparison) {
  for (const auto& figure : comparison.figures) print_figure(printer, figure);
  for (const auto* entry : comparison.only_ours) print_entry(printer, "only ours", entry, nullptr);
  for (const auto* entry : comparison.only_theirs)
    print_entry(printer, "only theirs", nullptr, entry);
  for (const auto& [ours, theirs] : comparison.told_otherwise)
    print_entry(printer, "told otherwise", ours, theirs);
}

std::vector<Position> positions_of(const Reconciliation& reconciliation) {
  std::vector<Position> positions;
  const auto add = [&](std::uint32_t partition, std::string_view whose, const EntryChain& chain) {
    positions.push_back({fmt::format("{} ({})", name_of_partition(partition), whose), chain.size(),
                         chain.root().hex(), 0});
  };
  for (const auto& [partition, copies] : reconciliation.histories()) {
    add(partition, "ours", copies.ours);
    add(partition, "theirs", copies.theirs);
  }
  return positions;
}

Exit run(const Options& options) try {
  const auto pool = Uuid::from_text(options.pool);
  if (!pool) throw UsageError("--pool: " + pool.error());
  Reconciliation reconciliation(options.ours, options.theirs);
  reconciliation.run(*pool);
  const auto& comparison = reconciliation.comparison();
  const auto printer = make_printer(options.format,
                                    {"check",
                                     "audit reconcile",
                                     "",
                                     {{"finding", false},
                                      {"organisation", false},
                                      {"of", false},
                                      {"figure", false},
                                      {"ours", true},
                                      {"theirs", true},
                                      {"difference", true},
                                      {"partition", false},
                                      {"entry", true},
                                      {"event", false}}},
                                    stdout, line_width(stdout));
  print_rows(*printer, comparison);
  std::vector<std::string> remarks = {
      fmt::format("{} of {} figures of the pool agree.", comparison.agreeing,
                  comparison.agreeing + comparison.figures.size())};
  for (const auto& sentence : reconciliation.sentences()) remarks.push_back(sentence);
  if (!options.evidence.empty()) {
    reconciliation.write_proofs(options.evidence);
    remarks.push_back("The proofs are in " + options.evidence + ".");
  }
  printer->end(remarks, positions_of(reconciliation));
  return reconciliation.agrees() ? Exit::done : Exit::refused;
} catch (const HistoryBroken& broken) {
  throw Refused(std::string(broken.what()) + ". `braid audit verify` on it says more");
}

Command::Run declare(CLI::App& app, const Common&) {
  auto options = std::make_shared<Options>();
  app.add_option("--ours", options->ours, "our copy of the ledger: a mirror, or the ledger itself")
      ->required();
  app.add_option("--theirs", options->theirs, "the partner's copy of the same ledger")->required();
  app.add_option("--pool", options->pool, "the pooled fund's identifier")->required();
  app.add_option("--evidence", options->evidence,
                 "a folder for the proofs: both copies' entries, and of a fork");
  add_format_option(app, options->format);
  return [options] { return run(*options); };
}

}  // namespace

const Command audit_reconcile_command = {
    "audit reconcile",
    "compare two bodies' copies of a ledger over a pooled fund, with proofs from both",
    "  braid audit reconcile --ours ./our-mirror --theirs ./their-mirror --pool "
    "a762e160-e2ca-8a04-99b8-b50e1db64370 --evidence proofs",
    declare};

}  // namespace braid::cli
