#include "tools/braid/receipts.hpp"

#include <fmt/format.h>

#include "tools/braid/command.hpp"
#include "tools/braid/ledger.hpp"
#include "tools/braid/output/cell.hpp"
#include "tools/braid/output/csv.hpp"

namespace braid::cli {
namespace {

std::string_view word_of(const ledger::Receipt& receipt) {
  if (receipt.outcome == ledger::Receipt::Outcome::refused) return "refused";
  return receipt.repeated ? "repeated" : "accepted";
}

std::string place_of(const ledger::Receipt& receipt) {
  return fmt::format("{}/{}", name_of_partition(receipt.partition), receipt.sequence);
}

constexpr std::size_t leaf_digits_shown = 12;

}  // namespace

void ReceiptPrinter::print(const std::vector<SentEvent>& events, const ledger::Answer& answer) {
  if (const auto* malformed = std::get_if<Refusal>(&answer))
    throw UsageError(fmt::format("the submission is malformed at {}: {}", malformed->field,
                                 malformed->sentence));
  if (const auto* unavailable = std::get_if<ledger::Unavailable>(&answer))
    throw IoFault(unavailable->sentence);
  const auto& receipts = std::get<std::vector<ledger::Receipt>>(answer);
  if (receipts.size() != events.size())
    throw IoFault("the ledger's answer is not about the events that were sent");
  for (std::size_t i = 0; i < receipts.size(); ++i) {
    count(receipts[i]);
    if (!quiet_) print_one(events[i], receipts[i]);
  }
}

void ReceiptPrinter::count(const ledger::Receipt& receipt) {
  if (receipt.outcome == ledger::Receipt::Outcome::refused) {
    ++totals_.refused;
    return;
  }
  ++totals_.accepted;
  totals_.repeated += receipt.repeated;
  totals_.flagged += !receipt.findings.empty();
}

void ReceiptPrinter::print_one(const SentEvent& event, const ledger::Receipt& receipt) {
  switch (format_) {
    case Format::table:
      return print_text(event, receipt);
    case Format::csv:
      return print_csv(event, receipt);
    case Format::json:
      return print_json(event, receipt);
  }
}

void ReceiptPrinter::print_text(const SentEvent& event, const ledger::Receipt& receipt) {
  if (receipt.outcome == ledger::Receipt::Outcome::accepted)
    fmt::print("{}  {:<12}  {}  {} {}\n", word_of(receipt), place_of(receipt),
               receipt.leaf.hex().substr(0, leaf_digits_shown), info_of(event.kind).name,
               event.id.text());
  const bool refused = receipt.outcome == ledger::Receipt::Outcome::refused;
  for (const auto& finding : receipt.findings)
    fmt::print("{:<8}  {:<3}  {}  {}  {} {}\n", refused ? "refused" : "flagged", finding.rule,
               finding.field.empty() ? "-" : finding.field, finding.sentence,
               info_of(event.kind).name, event.id.text());
}

void ReceiptPrinter::print_csv(const SentEvent& event, const ledger::Receipt& receipt) {
  if (!header_printed_)
    fmt::print("outcome,partition,sequence,leaf,event,kind,rule,field,sentence\n");
  header_printed_ = true;
  const auto line = [&](std::string_view outcome, const Finding& finding) {
    fmt::print("{},{},{},{},{},{},{},{},{}\n", outcome, name_of_partition(receipt.partition),
               receipt.sequence, receipt.leaf.hex(), event.id.text(), info_of(event.kind).name,
               csv_cell(finding.rule), csv_cell(finding.field), csv_cell(finding.sentence));
  };
  const bool refused = receipt.outcome == ledger::Receipt::Outcome::refused;
  if (!refused) line(word_of(receipt), {});
  for (const auto& finding : receipt.findings) line(refused ? "refused" : "flagged", finding);
}

void ReceiptPrinter::print_json(const SentEvent& event, const ledger::Receipt& receipt) {
  std::string findings;
  for (const auto& finding : receipt.findings)
    findings +=
        fmt::format(R"({}{{"rule":{},"field":{},"sentence":{}}})", findings.empty() ? "" : ",",
                    json_text(finding.rule), json_text(finding.field), json_text(finding.sentence));
  fmt::print(
      R"({{"event":"{}","kind":"{}","outcome":"{}","partition":"{}",)"
      R"("sequence":{},"leaf":"{}","findings":[{}]}})"
      "\n",
      event.id.text(), info_of(event.kind).name, word_of(receipt),
      name_of_partition(receipt.partition), receipt.sequence, receipt.leaf.hex(), findings);
}

std::string ReceiptPrinter::totals() const {
  std::string notes;
  if (totals_.flagged != 0) notes += fmt::format("{} flagged", totals_.flagged);
  if (totals_.repeated != 0)
    notes += fmt::format("{}{} recorded before", notes.empty() ? "" : ", ", totals_.repeated);
  return fmt::format("{} accepted{}, {} refused", totals_.accepted,
                     notes.empty() ? "" : " (" + notes + ")", totals_.refused);
}

}  // namespace braid::cli
