#include "tools/braid/recomputed_report.hpp"

#include <cstdlib>

#include "adapters/lmdb/durable_file.hpp"
#include "events/check.hpp"
#include "ledger/audit/signed_submission.hpp"
#include "projections/projection.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/history_root.hpp"
#include "tools/braid/report.hpp"

namespace braid::cli {
namespace {

using Stated = json::PrintedReport::Position;

std::vector<Position> positions_of(const json::PrintedReport& printed) {
  std::vector<Position> positions;
  for (const auto& each : printed.positions)
    positions.push_back({each.partition, each.size, each.root, each.behind, each.checkpoint_size,
                         each.checkpoint_root, each.digest});
  return positions;
}

/// What is printed, as text.
std::string printed(const projections::Report& report, const json::PrintedReport& as,
                    Format format) {
  char* bytes = nullptr;
  std::size_t size = 0;
  auto* out = ::open_memstream(&bytes, &size);
  check(out != nullptr, "memory for a report can be had");
  const Statement statement{as.ledger, as.report, as.subject, as.on, as.views};
  print_report(report, statement, positions_of(as), format, out, nullptr);
  std::fclose(out);
  std::string text(bytes, size);
  std::free(bytes);
  return text;
}

/// A sentence where the history is not the one whose first `size` entries had that root.
void check_root(HistoryRoot& history, const std::string& partition, std::string_view what,
                Sequence size, const std::string& root, std::vector<std::string>& wrong) {
  const auto found = history.at(size);
  if (!found)
    wrong.push_back("partition " + partition + ": the report states " + std::string(what) + " of " +
                    std::to_string(size) + " entries, and this ledger holds fewer");
  else if (found->hex() != root)
    wrong.push_back("partition " + partition + ": the report states the root " + root + " over " +
                    std::to_string(size) + " entries (" + std::string(what) +
                    "), and this ledger's first entries give " + found->hex() +
                    ": it was made of another history");
}

void check_history(const Ledger& ledger, const lmdb::EventLog& log, const Stated& stated,
                   std::vector<std::string>& wrong) {
  const auto partition = partition_named(ledger.founding, stated.partition);
  const auto source = log.reader(partition);
  HistoryRoot history(ledger.directory.tree(partition), *source);
  const bool is_ahead = stated.checkpoint_size > stated.size;
  if (!stated.checkpoint_root.empty() && !is_ahead)
    check_root(history, stated.partition, "a checkpoint", stated.checkpoint_size,
               stated.checkpoint_root, wrong);
  check_root(history, stated.partition, "a position", stated.size, stated.root, wrong);
  if (!stated.checkpoint_root.empty() && is_ahead)
    check_root(history, stated.partition, "a checkpoint", stated.checkpoint_size,
               stated.checkpoint_root, wrong);
}

void check_version(const json::PrintedReport& printed) {
  if (printed.views != views_version())
    throw UsageError("the report was made by other versions of the views (" + printed.views +
                     "; here they are " + views_version() +
                     "): recompute it with the version of Braid that made it");
}

/// The moment at which the report was made. Every partition that then held entries is stated.
Moment moment_of(const Ledger& ledger, const json::PrintedReport& printed) {
  Moment moment{.text = "the report's positions", .until = {}, .sizes = {}};
  for (const auto partition : ledger.founding.all_partitions()) moment.sizes[partition] = 0;
  for (const auto& each : printed.positions)
    moment.sizes[partition_named(ledger.founding, each.partition)] = each.size;
  return moment;
}

/// A partition that held entries by then must be stated, or its rows could be left out unseen.
void check_none_left_out(const lmdb::EventLog& log, const Moment& moment,
                         RecomputedReport& found) {
  const auto recorded = [&](std::uint32_t partition, Sequence sequence) {
    return EntryReader(ledger::entry_at(*log.reader(partition), sequence)).head().recorded_at_us;
  };
  std::int64_t made = 0;
  for (const auto& [partition, size] : moment.sizes)
    if (size != 0) made = std::max(made, recorded(partition, size - 1));
  for (const auto& [partition, size] : moment.sizes) {
    if (size != 0 || log.reader(partition)->size() == 0) continue;
    if (recorded(partition, 0) <= made)
      found.wrong_history.push_back("the report says nothing of partition " +
                                    name_of_partition(partition) +
                                    ", which held entries by then");
    else
      found.unread.push_back(name_of_partition(partition));
  }
}

void check_digests(const LedgerViews& views, const json::PrintedReport& printed,
                   std::vector<std::string>& wrong) {
  for (const auto& stated : printed.positions) {
    if (stated.digest.empty()) continue;
    for (const auto& each : views.partitions()) {
      if (each->position.partition != stated.partition) continue;
      const auto found = projections::views_digest(each->rows).hex();
      if (found != stated.digest)
        wrong.push_back("partition " + stated.partition + ": the report states that its views have "
                        "the digest " + stated.digest + ", and folded anew they have " + found);
    }
  }
}

}  // namespace

void compare_with_rows(const projections::ViewsSnapshot& views, const ReportFile& file,
                       std::string_view text, RecomputedReport& found) {
  const auto& as = file.printed;
  const auto report = make_report(
      views,
      {.name = as.report, .subject = as.subject, .on = as.on, .format = file.format});
  const auto again = printed(report, as, file.format);
  const auto read = read_report(again);
  check(read.has_value(), "what braid report writes can be read");
  found.cells = differences(as, read->printed);
  found.other_text = file.format == Format::json && found.cells.empty() && again != text;
}

RecomputedReport recompute(const Ledger& ledger, const ReportFile& file, std::string_view text) {
  RecomputedReport found;
  const auto& as = file.printed;
  if (as.ledger != ledger.founding.name) {
    found.wrong_history.push_back("the report is of the ledger \"" + as.ledger +
                                  "\", and this one is \"" + ledger.founding.name + "\"");
    return found;
  }
  check_version(as);
  const lmdb::EventLog log(ledger.directory);
  for (const auto& each : as.positions) check_history(ledger, log, each, found.wrong_history);
  if (!found.wrong_history.empty()) return found;
  const auto moment = moment_of(ledger, as);
  if (moment.sizes.at(register_partition) == 0) {
    found.wrong_history.emplace_back("the report states no position in the register");
    return found;
  }
  check_none_left_out(log, moment, found);
  found.views = std::make_shared<LedgerViews>(ledger, moment);
  found.positions = found.views->positions();
  check_digests(*found.views, as, found.wrong_history);
  compare_with_rows(found.views->snapshot(), file, text, found);
  return found;
}

std::pair<ReportFile, std::string> report_file_at(const std::string& path) {
  std::error_code missing;
  const auto bytes = std::filesystem::file_size(path, missing);
  auto text = missing ? std::nullopt
                      : lmdb::read_file(path, std::min<std::uintmax_t>(
                                                  bytes, json::PrintedReport::max_bytes + 1));
  if (!text) throw UsageError("there is no file " + path);
  auto file = read_report(*text);
  if (!file) throw UsageError(path + ": " + file.error());
  return {std::move(*file), std::move(*text)};
}

}  // namespace braid::cli
