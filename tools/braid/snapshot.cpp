// `braid snapshot`: copies of the views as they stand, kept so that what was known then is asked
// quickly: made, listed, and held against the history.
#include <fmt/format.h>

#include <algorithm>

#include "adapters/lmdb/row_store.hpp"
#include "ledger/audit/signed_submission.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/first_entries.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/scratch_folder.hpp"
#include "tools/braid/view_snapshots.hpp"
#include "tools/braid/views.hpp"

namespace braid::cli {
namespace {

struct Options {
  std::size_t last = 0;
  std::string partition;
  Format format = Format::table;
};

std::uint64_t bytes_in(const std::filesystem::path& folder) {
  std::uint64_t bytes = 0;
  std::error_code gone;
  for (const auto& file : std::filesystem::directory_iterator(folder, gone))
    bytes += file.file_size(gone);
  return bytes;
}

/// A line for each snapshot.
class Listing {
 public:
  Listing(Format format, std::string name)
      : printer_(make_printer(format,
                              {"snapshots",
                               std::move(name),
                               "",
                               {{"partition", false},
                                {"entries", true},
                                {"recorded", false},
                                {"bytes", true},
                                {"state", false},
                                {"root", false}}},
                              stdout, line_width(stdout))) {}

  /// `state`: nothing where that is to be seen from the snapshot's position alone.
  void add(const lmdb::EventLog& log, const ViewSnapshot& snapshot,
           const Parsed<projections::ViewPosition>& position, std::string_view state = {}) {
    const auto source = log.reader(snapshot.partition);
    const bool there = snapshot.size != 0 && snapshot.size <= source->size();
    if (state.empty()) state = state_of(position);
    printer_->row(std::vector{
        Cell::of_text(name_of_partition(snapshot.partition)), Cell::of_count(snapshot.size),
        there ? Cell::of_text(recorded(*source, snapshot.size - 1)) : Cell::none(),
        Cell::of_count(bytes_in(snapshot.folder)), Cell::of_text(std::string(state)),
        position ? Cell::of_text(position->chain.root().hex()) : Cell::none()});
    ++count_;
  }
  void end(std::vector<std::string> remarks = {}) { printer_->end(remarks, {}); }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  static std::string_view state_of(const Parsed<projections::ViewPosition>& position) {
    if (!position) return "cannot be read: unused";
    return position->stamp == projections::views_stamp() ? "kept" : "of another version: unused";
  }
  static std::string recorded(const EntrySource& source, Sequence sequence) {
    const auto entry = ledger::entry_at(source, sequence);
    return Instant{EntryReader(entry).head().recorded_at_us}.text();
  }

  std::unique_ptr<SheetPrinter> printer_;
  std::size_t count_ = 0;
};

Exit keep(const Options& options, const Common& common) {
  const ReadingLedger reading(common.place(), ReadingLedger::Views::brought_up);
  const auto& ledger = reading.ledger();
  const lmdb::EventLog log(ledger.directory);
  std::vector<std::string> remarks;
  for (const auto& position : views_of_now(ledger)->positions())
    if (position.behind != 0)
      remarks.push_back(fmt::format("partition {}: the views are {} entries behind the log",
                                    position.partition, position.behind));
  Listing listing(options.format, "keep");
  std::size_t removed = 0;
  for (const auto partition : partitions_named(ledger.founding, options.partition)) {
    ViewSnapshots snapshots(ledger.directory, partition);
    if (const auto kept = snapshots.keep()) listing.add(log, *kept, kept->position());
    if (options.last != 0) removed += snapshots.keep_last(options.last);
  }
  if (removed != 0) remarks.push_back(fmt::format("{} older were removed", removed));
  listing.end(std::move(remarks));
  return Exit::done;
}

Exit list(const Options& options, const Common& common) {
  const ReadingLedger reading(common.place(), ReadingLedger::Views::not_needed);
  const auto& ledger = reading.ledger();
  const lmdb::EventLog log(ledger.directory);
  Listing listing(options.format, "list");
  for (const auto partition : partitions_named(ledger.founding, options.partition))
    for (const auto& snapshot : ViewSnapshots(ledger.directory, partition).all())
      listing.add(log, snapshot, snapshot.position());
  listing.end(listing.count() == 0
                  ? std::vector<std::string>{"None is kept: `braid snapshot keep` makes one."}
                  : std::vector<std::string>());
  return Exit::done;
}

/// Folds a partition's history from its first entry, and holds each snapshot against what that gives.
class Check {
 public:
  Check(const lmdb::EventLog& log, std::uint32_t partition)
      : source_(log.reader(partition)),
        partition_(partition),
        anew_(scratch_.path(), lmdb::RowStore::Sync::at_the_end) {}

  /// What is wrong with it; nothing where it is what the history gives. Ask the earliest first.
  std::string ask(const ViewSnapshot& snapshot, const projections::ViewPosition& position) {
    if (position.chain.size() != snapshot.size) return "NO: it has seen other than its name says";
    if (snapshot.size > source_->size()) return "NO: the history is shorter";
    const auto chain = fold_first_entries(*source_, snapshot.size, anew_,
                                          "partition " + name_of_partition(partition_) + " anew");
    if (chain.root() != position.chain.root()) return "NO: it is of another history";
    const auto found = projections::views_digest(lmdb::RowSnapshot(snapshot.folder));
    return found == projections::views_digest(anew_) ? "" : "NO: its rows are not what the history gives";
  }

 private:
  std::unique_ptr<EntrySource> source_;
  std::uint32_t partition_;
  ScratchFolder scratch_;
  lmdb::RowStore anew_;
};

Exit check(const Options& options, const Common& common) {
  const ReadingLedger reading(common.place(), ReadingLedger::Views::not_needed);
  const auto& ledger = reading.ledger();
  const lmdb::EventLog log(ledger.directory);
  Listing listing(options.format, "check");
  std::size_t wrong = 0, unused = 0;
  for (const auto partition : partitions_named(ledger.founding, options.partition)) {
    Check against(log, partition);
    for (const auto& snapshot : ViewSnapshots(ledger.directory, partition).all()) {
      const auto position = snapshot.position();
      if (position && position->stamp != projections::views_stamp()) {
        listing.add(log, snapshot, position);
        ++unused;
        continue;
      }
      const auto found = position ? against.ask(snapshot, *position) : "NO: it cannot be read";
      listing.add(log, snapshot, position, found.empty() ? "equal" : found);
      if (!found.empty()) ++wrong;
    }
  }
  std::vector<std::string> remarks;
  if (wrong != 0)
    remarks.push_back(fmt::format(
        "{} of {} are not what the history gives: remove their folders in {}", wrong,
        listing.count(), (ledger.directory.root() / "snapshots").string()));
  if (unused != 0)
    remarks.push_back(fmt::format("{} were made by another version of Braid, which alone could "
                                  "check them; they are not used", unused));
  listing.end(std::move(remarks));
  return wrong == 0 ? Exit::done : Exit::refused;
}

template <auto Run>
Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("--partition", options->partition, "only this one: register, 0, 1 ...");
  if constexpr (Run == keep)
    app.add_option("--last", options->last,
                   "then remove all but so many of the last ones, of each partition")
        ->check(CLI::Range(1, 100'000));
  add_format_option(app, options->format);
  return [options, &common] { return Run(*options, common); };
}

}  // namespace

const Command snapshot_keep_command = {
    "snapshot keep",
    "keep a copy of the views as they stand, so that `audit at --snapshots` is quick; at month's "
    "end, say",
    "  braid snapshot keep --ledger ./northshire --last 24",
    declare<keep>};

const Command snapshot_list_command = {
    "snapshot list", "list the copies of the views that are kept",
    "  braid snapshot list --ledger ./northshire", declare<list>};

const Command snapshot_check_command = {
    "snapshot check",
    "fold the history from its first entry and hold each copy that is kept against it",
    "  braid snapshot check --ledger ./northshire --partition 0", declare<check>};

}  // namespace braid::cli
