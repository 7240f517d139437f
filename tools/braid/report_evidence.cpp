#include "tools/braid/report_evidence.hpp"

#include <algorithm>

#include "events/entry.hpp"
#include "ledger/audit/read_range.hpp"
#include "ledger/audit/signed_submission.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/recomputed_report.hpp"
#include "tools/braid/report.hpp"
#include "tools/braid/report_behind.hpp"

namespace braid::cli {
namespace {

using ledger::EntryPlace;
using Places = std::set<EntryPlace>;

/// Whether these entries by themselves give the report's rows.
bool suffice(const Ledger& ledger, const Places& places, const ReportFile& file,
             std::string_view text) {
  const lmdb::EventLog log(ledger.directory);
  SelectedViews selected(ledger.founding);
  for (const auto& place : places)
    selected.add(place.partition, ledger::entry_at(*log.reader(place.partition), place.sequence));
  RecomputedReport found;
  compare_with_rows(selected.snapshot(), file, text, found);
  return found.cells.empty();
}

/// Every entry with an event, as far as the report was read.
Places all_entries(const Ledger& ledger, const LedgerViews& views) {
  const lmdb::EventLog log(ledger.directory);
  Places places;
  for (const auto& partition : views.partitions())
    ledger::read_range(*log.reader(partition->partition), 0, partition->position.size,
                       [&](Sequence sequence, Bytes bytes) {
                         const auto event = EntryReader(bytes).event_bytes();
                         if (event && !event->empty())
                           places.insert({partition->partition, sequence});
                         return places.size() <= ledger::Evidence::max_entries / 2;
                       });
  return places;
}

/// Why the report in a file cannot be of these entries.
std::optional<std::string> contradiction(const ledger::Evidence& evidence,
                                         const json::PrintedReport& printed) {
  if (printed.ledger != evidence.ledger)
    return "the report in it is of the ledger " + printed.ledger;
  for (const auto& entry : evidence.entries) {
    const auto name = name_of_partition(entry.partition);
    const auto stated = std::ranges::find(printed.positions, name,
                                          &json::PrintedReport::Position::partition);
    if (stated == printed.positions.end() || entry.sequence >= stated->size)
      return "entry " + std::to_string(entry.sequence) + " of partition " + name +
             " in it was recorded after the report was made";
  }
  for (const auto& [partition, note] : evidence.checkpoints) {
    const auto checkpoint = ledger::Checkpoint::from_text(
        ledger::SignedNote::from_text(note).value_or(ledger::SignedNote{}).text);
    if (!checkpoint) continue;
    for (const auto& stated : printed.positions)
      if (stated.partition == name_of_partition(partition) && stated.size == checkpoint->size &&
          stated.root != checkpoint->root.hex())
        return "the report in it states another root of partition " + stated.partition +
               " than the operator signed";
  }
  return std::nullopt;
}

std::size_t cells_of(const json::PrintedReport& printed) {
  return printed.rows.size() * printed.columns.size();
}

}  // namespace

std::vector<EntryPlace> entries_proving(const Ledger& ledger, const ReportFile& file,
                                        std::string_view text) {
  const auto found = recompute(ledger, file, text);
  if (!found.is_equal())
    throw Refused("the report does not follow from this ledger's entries, so there is nothing to "
                  "prove: `braid audit report` says where it differs");
  if (file.printed.rows.empty())
    throw Refused("the report has no rows, so no entries are behind it");
  const auto& as = file.printed;
  const auto report =
      make_report(found.views->snapshot(), {.name = as.report, .subject = as.subject, .on = as.on});
  const lmdb::EventLog log(ledger.directory);
  auto places = entries_behind(report, report.rows, *found.views, log);
  if (places.size() <= ledger::Evidence::max_entries / 2 && !suffice(ledger, places, file, text))
    places = all_entries(ledger, *found.views);
  if (places.size() > ledger::Evidence::max_entries / 2)
    throw Refused("more entries are behind this report than one evidence file may hold (" +
                  std::to_string(ledger::Evidence::max_entries / 2) +
                  "): ask a narrower report, by --subject or --on");
  if (!suffice(ledger, places, file, text))
    throw Refused("the report's figures do not follow from entries with events alone, so no "
                  "evidence file can show them: give a mirror of the ledger instead");
  return {places.begin(), places.end()};
}

void check_report(const ledger::Evidence& evidence, ledger::EvidenceChecked& checked) try {
  const auto file = read_report(evidence.report);
  if (!file) {
    checked.wrong = "the report in it cannot be read: " + file.error();
    return;
  }
  if (const auto wrong = contradiction(evidence, file->printed)) {
    checked.wrong = *wrong;
    return;
  }
  if (file->printed.views != views_version()) {
    checked.trusted.push_back("The report's figures: it was made by other versions of the views, "
                              "so this version of Braid cannot recompute it.");
    return;
  }
  SelectedViews selected(Founding{evidence.ledger, evidence.partitions, "", {}});
  for (const auto& entry : evidence.registry) selected.add(register_partition, entry);
  for (const auto& entry : evidence.entries)
    if (entry.partition != register_partition) selected.add(entry.partition, entry.bytes);
  RecomputedReport found;
  compare_with_rows(selected.snapshot(), *file, evidence.report, found);
  if (!found.cells.empty()) {
    const auto& first = found.cells.front();
    checked.wrong = "the report in it does not follow from its entries: row " +
                    std::to_string(first.row) + " (" + first.of + "), " +
                    (first.column.empty() ? "the whole row" : first.column) + ": stated " +
                    first.stated.value_or("nothing") + ", recomputed " +
                    first.recomputed.value_or("nothing");
    return;
  }
  checked.shown.push_back("The report's " + std::to_string(cells_of(file->printed)) +
                          " cells follow from these entries: recomputed here, they are equal.");
  checked.trusted.emplace_back(
      "That no other entry would have changed a figure of the report: only the whole history shows "
      "that (`braid audit report` on a copy).");
} catch (const UsageError& error) {
  checked.wrong = std::string("the report in it cannot be recomputed: ") + error.what();
}

}  // namespace braid::cli
