#include "tools/braid/partition_check.hpp"

#include <charconv>
#include <filesystem>

#include "adapters/lmdb/event_log.hpp"
#include "adapters/lmdb/row_store.hpp"
#include "adapters/lmdb/view_directory.hpp"
#include "events/check.hpp"
#include "events/faults.hpp"
#include "projections/worker.hpp"
#include "tools/braid/checkpoints.hpp"
#include "tools/braid/scratch_folder.hpp"

namespace braid::cli {
namespace {

/// A history's first entries, as if it held no more.
class FirstEntries final : public EntrySource {
 public:
  FirstEntries(const EntrySource& source, Sequence size) : source_(source), size_(size) {}

  [[nodiscard]] Sequence size() const override { return size_; }
  void read(Sequence from, std::size_t max_bytes, std::chrono::milliseconds,
            EntryBatch& batch) const override {
    batch.first = from;
    batch.entries.clear();
    if (from >= size_) return;
    source_.read(from, max_bytes, std::chrono::milliseconds{0}, batch);
    if (batch.entries.size() > size_ - from) batch.entries.resize(size_ - from);
  }

 private:
  const EntrySource& source_;
  Sequence size_;
};

ledger::BadEntry bad_views(std::uint32_t partition, Sequence at, std::string found,
                           std::string expected) {
  return {ledger::Question::balanced, partition, at, std::move(found), std::move(expected)};
}

/// Whether readers see what the history gives. A view that lags is right as far as it goes.
void check_views(const Ledger& ledger, std::uint32_t partition, const EntrySource& source,
                 PartitionReport& report) {
  const auto current = lmdb::ViewDirectory(ledger.directory.views(partition)).current();
  if (!current) {
    report.views = "none";
    return;
  }
  const lmdb::RowSnapshot live(current->folder());
  const auto stored = live.position();
  auto position = stored ? projections::decode_position(*stored)
                         : tl::expected<projections::ViewPosition, std::string>(
                               tl::unexpected(std::string("there is none")));
  if (!position) {
    report.bad = bad_views(partition, 0, "the views' position cannot be read: " + position.error(),
                           "a position");
    return;
  }
  report.views = "other version";
  if (position->stamp != projections::views_stamp()) return;
  const auto size = position->chain.size();
  if (size > report.entries) {
    report.bad = bad_views(partition, report.entries,
                           "the views have seen " + std::to_string(size) + " entries",
                           std::to_string(report.entries) +
                               " entries: the log was cut, or these are another ledger's views");
    return;
  }
  const ScratchFolder folder;
  lmdb::RowStore anew(folder.path(), lmdb::RowStore::Sync::at_the_end);
  const FirstEntries first(source, size);
  projections::Worker worker(first, anew, {.threads = 2});
  worker.catch_up();
  const auto found = projections::views_digest(live);
  const auto expected = projections::views_digest(anew);
  if (found == expected && worker.chain().root() == position->chain.root()) {
    report.views = "equal";
    return;
  }
  report.bad = bad_views(partition, size == 0 ? 0 : size - 1,
                         "the views at this entry are not what the history gives (digest " +
                             found.hex() + "); build them anew with `braid project --rebuild`",
                         "digest " + expected.hex());
}

std::vector<ledger::KnownRoot> known_roots(const Ledger& ledger, std::uint32_t partition,
                                           PartitionReport& report) {
  const auto kept = read_checkpoints(ledger, partition);
  if (!kept) {
    report.bad = ledger::BadEntry{ledger::Question::whole, partition, 0,
                                  "a kept checkpoint cannot be trusted: " + kept.error(),
                                  "notes signed by the operator's key"};
    return {};
  }
  std::vector<ledger::KnownRoot> known;
  for (const auto& checkpoint : *kept) known.push_back({checkpoint.size, checkpoint.root});
  report.checkpoints = known.size();
  return known;
}

/// A copy that another process keeps up to date may hold a place's entries some moments before those
/// of the register that they were judged by.
void wait_for_register(const EntrySource& own, const EntrySource& registry) {
  constexpr std::chrono::seconds comes_within{10};
  EntryBatch batch;
  if (own.size() != 0) own.read(own.size() - 1, 1, std::chrono::milliseconds{0}, batch);
  if (batch.entries.empty()) return;
  const auto needed = EntryReader(batch.entries.front()).head().register_size;
  if (needed > registry.size()) registry.read(needed - 1, 1, comes_within, batch);
}

void add(std::string& to, std::string_view field) { (to += field) += '\0'; }
void add(std::string& to, std::uint64_t number) { add(to, std::to_string(number)); }

class Fields {
 public:
  explicit Fields(std::string_view bytes) : left_(bytes) {}

  std::string text() {
    const auto end = left_.find('\0');
    check(end != left_.npos, "both ends are this program");
    std::string field(left_.substr(0, end));
    left_.remove_prefix(end + 1);
    return field;
  }
  std::uint64_t number() {
    const auto field = text();
    std::uint64_t value = 0;
    std::from_chars(field.data(), field.data() + field.size(), value);
    return value;
  }

 private:
  std::string_view left_;
};

}  // namespace

std::string PartitionReport::bytes() const {
  std::string all;
  for (const auto number :
       {entries, submissions, signatures, accepted, refused, postings, checkpoints})
    add(all, number);
  add(all, root);
  add(all, views);
  add(all, bad ? 1 : 0);
  if (!bad) return all;
  add(all, static_cast<std::uint64_t>(bad->question));
  add(all, bad->partition);
  add(all, bad->sequence);
  add(all, bad->found);
  add(all, bad->expected);
  return all;
}

PartitionReport PartitionReport::from_bytes(const std::string& bytes) {
  Fields fields(bytes);
  PartitionReport report;
  for (auto* number : {&report.entries, &report.submissions, &report.signatures, &report.accepted,
                       &report.refused, &report.postings, &report.checkpoints})
    *number = fields.number();
  report.root = fields.text();
  report.views = fields.text();
  if (fields.number() == 0) return report;
  auto& bad = report.bad.emplace();
  bad.question = static_cast<ledger::Question>(fields.number());
  bad.partition = static_cast<std::uint32_t>(fields.number());
  bad.sequence = fields.number();
  bad.found = fields.text();
  bad.expected = fields.text();
  return report;
}

PartitionReport check_partition(const Ledger& ledger, std::uint32_t partition, bool redecide,
                                ChildProgress& progress) {
  PartitionReport report;
  auto checkpoints = known_roots(ledger, partition, report);
  if (report.bad) return report;
  const lmdb::EventLog log(ledger.directory);
  const auto own = log.reader(partition);
  const auto lookups = log.reader(partition);
  const auto registry = log.reader(register_partition);
  wait_for_register(*own, *registry);
  const ScratchFolder folder;
  lmdb::RowStore scratch(folder.path(), lmdb::RowStore::Sync::at_the_end);
  const auto note = [&](Sequence done, Sequence size) {
    progress.whole = size;
    progress.done = done;
  };
  const auto found =
      ledger::Verifier(ledger.founding.name, partition, {*own, *lookups, *registry}, scratch,
                       {.redecide = redecide,
                        .checkpoints = std::move(checkpoints),
                        .progress = note,
                        .each = {}})
          .run();
  report.entries = found.entries;
  report.submissions = found.submissions;
  report.signatures = found.signatures;
  report.accepted = found.accepted;
  report.refused = found.refused;
  report.postings = found.postings;
  report.root = found.chain.root().hex();
  report.bad = found.bad;
  if (!report.bad) check_views(ledger, partition, *own, report);
  return report;
}

}  // namespace braid::cli
