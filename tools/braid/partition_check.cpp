#include "tools/braid/partition_check.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <set>

#include "adapters/lmdb/event_log.hpp"
#include "adapters/lmdb/row_store.hpp"
#include "events/check.hpp"
#include "events/faults.hpp"
#include "tools/braid/checkpoints.hpp"
#include "tools/braid/history_walk.hpp"
#include "tools/braid/scratch_folder.hpp"
#include "tools/braid/verified_before.hpp"
#include "tools/braid/views_check.hpp"

namespace braid::cli {
namespace {

constexpr const char* kept_as_it_was = "nothing: what was kept before is as it was";

std::vector<ledger::KnownRoot> roots_of(std::span<const ledger::SignedBy> checkpoints) {
  std::vector<ledger::KnownRoot> roots;
  for (const auto& [checkpoint, key, revoked_at] : checkpoints)
    roots.push_back({checkpoint.size, checkpoint.root});
  return roots;
}

VerifiedBefore::Checkpoints known_checkpoints(const Ledger& ledger, std::uint32_t partition,
                                              PartitionReport& report) {
  const auto known = read_known_checkpoints(ledger, partition);
  if (!known) {
    report.fail({ledger::Question::whole, partition, 0,
                 "a kept checkpoint cannot be trusted: " + known.error(),
                 "notes signed with a key of the operator, in its day"});
    return {};
  }
  const std::span all(known->all);
  report.checkpoints = all.size();
  return {roots_of(all.first(known->kept)), roots_of(all.subspan(known->kept))};
}

/// Holds checkpoints that came since against the part that was verified before: one of its end
/// against the root kept, earlier ones by reading that part again.
std::optional<ledger::BadEntry> wrong_of_late(const VerifiedBefore& before, const EntrySource& own,
                                              std::uint32_t partition) {
  const auto& seen = before.seen();
  std::map<Sequence, Digest> roots = {{0, EntryChain().root()}, {seen.size, seen.root}};
  std::set<Sequence> earlier;
  for (const auto& late : before.late())
    if (!roots.contains(late.size)) earlier.insert(late.size);
  if (!earlier.empty()) {
    HistoryWalk walk(own, seen.size);
    try {
      while (walk.next() != nullptr)
        if (earlier.contains(walk.chain().size())) roots[walk.chain().size()] = walk.chain().root();
    } catch (const HistoryBroken& broken) {
      return ledger::BadEntry{ledger::Question::whole, partition, walk.chain().size(),
                              broken.what(), "the entry that was verified before"};
    }
    if (walk.chain().root() != seen.root)
      return ledger::BadEntry{ledger::Question::whole, partition, seen.size - 1,
                              "the entries up to here are not those that were verified before",
                              "root " + seen.root.hex()};
  }
  for (const auto& late : before.late())
    if (roots.at(late.size) != late.root)
      return ledger::BadEntry{ledger::Question::whole, partition, late.size - 1,
                              "a checkpoint signed for " + std::to_string(late.size) +
                                  " entries says that another one stood here",
                              late.root.hex()};
  return std::nullopt;
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

std::int64_t now_in_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
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

void add(std::string& to, const std::optional<ledger::BadEntry>& bad) {
  add(to, bad ? 1 : 0);
  if (!bad) return;
  add(to, static_cast<std::uint64_t>(bad->question));
  add(to, bad->partition);
  add(to, bad->sequence);
  add(to, bad->found);
  add(to, bad->expected);
}

std::optional<ledger::BadEntry> bad_in(Fields& fields) {
  if (fields.number() == 0) return std::nullopt;
  ledger::BadEntry bad;
  bad.question = static_cast<ledger::Question>(fields.number());
  bad.partition = static_cast<std::uint32_t>(fields.number());
  bad.sequence = fields.number();
  bad.found = fields.text();
  bad.expected = fields.text();
  return bad;
}

void take(const ledger::Verified& found, PartitionReport& report) {
  report.entries = found.entries;
  report.submissions = found.submissions;
  report.signatures = found.signatures;
  report.accepted = found.accepted;
  report.refused = found.refused;
  report.postings = found.postings;
  report.root = found.chain.root().hex();
  report.answers = found.answers;
  report.bad = found.bad;
}

}  // namespace

void PartitionReport::fail(ledger::BadEntry found) {
  auto& answer = answers[static_cast<std::size_t>(found.question)];
  if (!answer.bad) answer.bad = found;
  answer.asked = std::min(answer.asked, found.sequence);
  if (!bad) bad = std::move(found);
}

std::string PartitionReport::bytes() const {
  std::string all;
  for (const auto number : {entries, submissions, signatures, accepted, refused, postings,
                            checkpoints, read_before})
    add(all, number);
  for (const auto& text : {root, views, kept}) add(all, text);
  for (const auto& answer : answers) {
    add(all, answer.asked);
    add(all, static_cast<std::uint64_t>(answer.time_us));
    add(all, answer.bad);
  }
  add(all, bad);
  return all;
}

PartitionReport PartitionReport::from_bytes(const std::string& bytes) {
  Fields fields(bytes);
  PartitionReport report;
  for (auto* number : {&report.entries, &report.submissions, &report.signatures, &report.accepted,
                       &report.refused, &report.postings, &report.checkpoints, &report.read_before})
    *number = fields.number();
  for (auto* text : {&report.root, &report.views, &report.kept}) *text = fields.text();
  for (auto& answer : report.answers) {
    answer.asked = fields.number();
    answer.time_us = static_cast<std::int64_t>(fields.number());
    answer.bad = bad_in(fields);
  }
  report.bad = bad_in(fields);
  return report;
}

PartitionReport check_partition(const Ledger& ledger, std::uint32_t partition,
                                const PartitionCheck& check, ChildProgress& progress) {
  PartitionReport report;
  const auto checkpoints = known_checkpoints(ledger, partition, report);
  auto roots = checkpoints.kept;
  roots.insert(roots.end(), checkpoints.shown.begin(), checkpoints.shown.end());
  if (report.bad) return report;
  const lmdb::EventLog log(ledger.directory);
  const auto own = log.reader(partition);
  const auto lookups = log.reader(partition);
  const auto registry = log.reader(register_partition);
  wait_for_register(*own, *registry);
  std::optional<VerifiedBefore> before;
  std::optional<ScratchFolder> folder;
  std::optional<lmdb::RowStore> scratch;
  if (check.resume.empty()) {
    folder.emplace();
    scratch.emplace(folder->path(), lmdb::RowStore::Sync::at_the_end);
  } else {
    before.emplace(check.resume, ledger, partition);
    before->begin(checkpoints);
    report.read_before = before->seen().size;
    if (auto wrong = wrong_of_late(*before, *own, partition)) {
      report.fail(std::move(*wrong));
      report.kept = kept_as_it_was;
      return report;
    }
  }
  ViewsCheck views(ledger, partition, log, before ? &*before : nullptr, check.threads);
  views.pass(report.read_before);
  const auto found =
      ledger::Verifier(ledger.founding.name, partition, {*own, *lookups, *registry},
                       before ? before->state() : *scratch,
                       {.redecide = check.redecide,
                        .checkpoints = std::move(roots),
                        .threads = check.threads,
                        .keep_state = before.has_value(),
                        .clock_us = now_in_us,
                        .progress =
                            [&](Sequence done, Sequence size) {
                              progress.whole = size;
                              progress.done = done;
                              views.pass(done);
                            },
                        .each = {}})
          .run();
  take(found, report);
  const auto begun = now_in_us();
  if (!report.bad) views.finish(report);
  report.answers[static_cast<std::size_t>(ledger::Question::balanced)].time_us +=
      now_in_us() - begun;
  if (before && report.bad)
    report.kept = kept_as_it_was;
  else if (before && !found.whole_submissions)
    report.kept = "nothing: the history ends in the middle of a submission";
  else if (before)
    report.kept = before->keep(found, checkpoints);
  return report;
}

}  // namespace braid::cli
