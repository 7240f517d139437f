#include "tools/braid/report_behind.hpp"

#include <algorithm>
#include <array>

#include "events/native_rows.hpp"
#include "events/read_entries.hpp"
#include "events/visit.hpp"
#include "projections/reports/rows.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/progress.hpp"
#include "tools/braid/subjects.hpp"

namespace braid::cli {
namespace {

using ledger::EntryPlace;
using projections::Report;
using Row = std::vector<projections::Cell>;
using Places = std::set<EntryPlace>;

/// What it takes to look for entries.
struct Search {
  const Report& report;
  std::span<const Row> rows;
  const LedgerViews& views;
  const lmdb::EventLog& log;

  /// The texts that the rows have in a column, each once.
  [[nodiscard]] std::set<std::string> texts(std::string_view column) const {
    const auto named = [column](const projections::Column& each) { return each.name == column; };
    const auto at = std::ranges::find_if(report.columns, named) - report.columns.begin();
    std::set<std::string> all;
    for (const auto& row : rows) all.insert(row.at(static_cast<std::size_t>(at)).text);
    return all;
  }
};

/// The entries, as far as the views have seen them, that a question is true of.
void scan(const Search& search, const std::function<bool(const ReadEntry&)>& asks, Places& found) {
  ReadEntries batch;
  for (const auto& partition : search.views.partitions()) {
    const auto source = search.log.reader(partition->partition);
    const auto size = partition->position.size;
    Progress progress("partition " + partition->position.partition, "entries");
    for (Sequence next = 0; next < size;) {
      batch.read(*source, next, ReadEntries::batch_bytes, std::chrono::milliseconds{0});
      if (batch.entries().empty()) throw HistoryBroken("entry " + std::to_string(next) + " is missing");
      for (const auto& entry : batch.entries()) {
        if (next == size) break;
        if (asks(entry)) found.insert({partition->partition, next});
        ++next;
      }
      progress.show(next, size);
    }
  }
}

void about(Subject::Kind kind, std::string_view column, const Search& search, Places& found) {
  for (const auto& id : search.texts(column)) {
    const auto places = entries_about(search.views, search.log, {kind, id});
    found.insert(places.begin(), places.end());
  }
}

void about_budgets(const Search& search, Places& found) {
  about(Subject::Kind::budget, "budget", search, found);
}

void about_pools(const Search& search, Places& found) {
  about(Subject::Kind::pool, "pool", search, found);
}

/// Of the funds that the rows name; where they name a person's own money, of the body.
void about_strands(const Search& search, Places& found) {
  const auto organisations = search.texts("organisation"), funds = search.texts("fund");
  scan(search,
       [&](const ReadEntry& entry) {
         return std::ranges::any_of(entry.postings, [&](const Posting& posting) {
           return organisations.contains(posting.strand.organisation) &&
                  funds.contains(posting.strand.fund);
         });
       },
       found);
}

void about_events(const Search& search, Places& found) {
  const auto events = search.texts("event");
  scan(search,
       [&](const ReadEntry& entry) {
         if (entry.entry.isRefused())
           return events.contains(schema::read(entry.entry.getRefused().getId()).text());
         return entry.is_accepted() && entry.entry.getAccepted().getFlags().size() != 0 &&
                events.contains(schema::read(entry.event.getId()).text());
       },
       found);
}

void about_runs(const Search& search, Places& found) {
  const auto runs = search.texts("run");
  scan(search,
       [&](const ReadEntry& entry) {
         return entry.is_accepted() && visit(entry.event.getBody(), [&](auto body) {
                  if constexpr (requires { body.getRun(); })
                    return runs.contains(schema::read(body.getRun()).text());
                  else
                    return false;
                });
       },
       found);
}

struct Behind {
  std::string_view report;
  void (*find)(const Search& search, Places& found);
};

/// What the rows of each report are about. A new report is a row here.
constexpr std::array behind = {
    Behind{"allocation", about_strands},     Behind{"contribution-on-nhs", about_budgets},
    Behind{"control-exceptions", about_events}, Behind{"joint-budget", about_budgets},
    Behind{"joint-split", about_budgets},    Behind{"pool-statement", about_pools},
    Behind{"runs", about_runs},              Behind{"trial-balance", about_strands},
};

}  // namespace

std::set<EntryPlace> entries_behind(const Report& report, std::span<const Row> rows,
                                    const LedgerViews& views, const lmdb::EventLog& log) {
  const auto* found = std::ranges::find(behind, report.name, &Behind::report);
  if (found == behind.end())
    throw UsageError("it is not known which entries are behind the report " + report.name);
  std::set<EntryPlace> places;
  found->find({report, rows, views, log}, places);
  return places;
}

SelectedViews::SelectedViews(const Founding& founding) {
  for (const auto partition : founding.all_partitions()) folds_[partition];
}

void SelectedViews::add(std::uint32_t partition, Bytes entry) {
  std::vector<Posting> postings;
  const std::array record = {read_entry(entry, postings)};
  folds_.at(partition).add(record);
}

projections::ViewsSnapshot SelectedViews::snapshot() {
  projections::ViewsSnapshot snapshot;
  for (auto& [partition, fold] : folds_) {
    if (partition == register_partition)
      snapshot.registry = &fold.rows();
    else
      snapshot.places.push_back(&fold.rows());
  }
  return snapshot;
}

}  // namespace braid::cli
