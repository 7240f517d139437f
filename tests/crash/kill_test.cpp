#include <catch2/catch.hpp>

#include <unistd.h>

#include <cstdio>
#include <map>
#include <set>

#include "adapters/lmdb/event_log.hpp"
#include "adapters/lmdb/row_store.hpp"
#include "adapters/lmdb/view_directory.hpp"
#include "events/merkle.hpp"
#include "events/native_rows.hpp"
#include "ledger/verify.hpp"
#include "projections/worker.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/small_ledger.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tools/synth/event_writer.hpp"

// `kill -9` of a process that writes, projects and rebuilds on the embedded engine, again and
// again.

namespace braid::test {
namespace {

using ledger::Receipt;
using support::ChildProcess;

constexpr int kills = 200;

/// A place's process: one that writes submissions, keeps its views, and now and then builds them
/// anew beside the old ones.
class Process {
 public:
  explicit Process(const lmdb::LedgerDirectory& directory)
      : directory_(directory), log_(directory), generations_(directory.views(0)) {
    for (const auto partition : {register_partition, 0U})
      sides_.try_emplace(partition, *this, partition);
    if (!generations_.current()) rebuild();
    generations_.remove_unused();
    open_views();
  }

  std::vector<Receipt> submit(Bytes framed) {
    const auto checked = check_submission(framed, SmallLedger::name, 1);
    if (!checked) throw std::runtime_error(checked.error().sentence);
    auto& sequencer = *sides_.at(checked->partition).sequencer;
    const std::array queue = {ledger::Queued{&*checked, sequencer.next()}};
    return std::move(sequencer.decide_all(queue).front());
  }

  void project() { worker_->catch_up(); }
  void flush_state() {
    for (auto& [partition, side] : sides_) side.sequencer->flush();
  }

  void rebuild() {
    const auto built = generations_.begin();
    {
      lmdb::RowStore store(built.folder(), lmdb::RowStore::Sync::at_the_end);
      const auto source = log_.reader(0);
      projections::Worker(*source, store, {.flush_rows = 500}).catch_up();
      store.make_durable();
    }
    generations_.make_current(built);
  }
  void reopen_views() {
    worker_.reset();
    store_.reset();
    current_.reset();
    generations_.remove_unused();
    open_views();
  }

 private:
  struct Side {
    Side(Process& process, std::uint32_t partition)
        : own(process.log_.reader(partition)),
          registry(process.log_.reader(register_partition)),
          writer(process.log_.take_over(partition)),
          store(process.directory_.state(partition)),
          sequencer(
              std::make_unique<ledger::Sequencer>(partition, *own, *registry, store, [] {
                return std::chrono::duration_cast<std::chrono::microseconds>(
                           std::chrono::system_clock::now().time_since_epoch())
                    .count();
              })) {
      sequencer->lead(*writer);
    }

    std::unique_ptr<EntrySource> own;
    std::unique_ptr<EntrySource> registry;
    std::unique_ptr<ledger::LogWriter> writer;
    lmdb::RowStore store;
    std::unique_ptr<ledger::Sequencer> sequencer;
  };

  void open_views() {
    current_ = generations_.current();
    store_ = std::make_unique<lmdb::RowStore>(current_->folder());
    source_ = log_.reader(0);
    worker_ = std::make_unique<projections::Worker>(
        *source_, *store_, projections::Worker::Options{.flush_rows = 200});
  }

  const lmdb::LedgerDirectory& directory_;
  lmdb::EventLog log_;
  std::map<std::uint32_t, Side> sides_;
  lmdb::ViewDirectory generations_;
  std::optional<lmdb::Generation> current_;
  std::unique_ptr<lmdb::RowStore> store_;
  std::unique_ptr<EntrySource> source_;
  std::unique_ptr<projections::Worker> worker_;
};

/// A receipt as a killed process said it: all that it promised.
struct Told {
  std::string event;
  Receipt::Outcome outcome{};
  std::uint32_t partition = 0;
  Sequence sequence = 0;
  std::string leaf;
};

std::string line_of(std::size_t submission, const Receipt& receipt) {
  return std::to_string(submission) + " " + receipt.event.text() + " " +
         std::to_string(static_cast<int>(receipt.outcome)) + " " +
         std::to_string(receipt.partition) + " " + std::to_string(receipt.sequence) + " " +
         receipt.leaf.hex();
}

/// Lives until it is killed or has nothing left to submit.
int live(const lmdb::LedgerDirectory& directory, const std::vector<OwnedBytes>& submissions,
         std::size_t from, const ChildProcess::Say& say) {
  Process process(directory);
  say("ready");
  for (auto i = from; i < submissions.size(); ++i) {
    for (const auto& receipt : process.submit(submissions[i])) say(line_of(i, receipt));
    say("done " + std::to_string(i));
    if (i % 2 == 0) process.project();
    if (i % 5 == 0) process.flush_state();
    if (i % 7 == 0) {
      process.rebuild();
      process.reopen_views();
    }
  }
  process.project();
  return 0;
}

Digest digest_of(const std::filesystem::path& folder) {
  const lmdb::RowSnapshot rows(folder);
  return projections::views_digest(rows);
}

}  // namespace

TEST_CASE(
    "killed 200 times while writing, projecting and rebuilding, no accepted event is lost or "
    "doubled, and every receipt was true") {
  const support::TemporaryFolder folder;
  const auto directory = lmdb::LedgerDirectory::create(folder / "ledger");
  REQUIRE(directory.has_value());
  synth::County county({.seed = 5, .people = 60, .panel = 6});
  std::vector<OwnedBytes> submissions;
  const auto add = [&](const synth::Batch& batch) {
    std::vector<Bytes> events;
    for (const auto& event : batch.events) events.emplace_back(event);
    submissions.push_back(sign_submission(SmallLedger::name, batch.publisher,
                                          county.key_of(batch.publisher), events));
  };
  for (const auto& batch : county.registry(SmallLedger::name, 1)) add(batch);
  while (submissions.size() < 3 * kills) add(county.next(6));

  synth::Dice dice(17);
  std::vector<Told> told;
  std::size_t next = 0;
  int killed = 0;
  const auto run = [&](bool to_the_end) {
    ChildProcess child(
        [&](const ChildProcess::Say& say) { return live(*directory, submissions, next, say); });
    auto lines_left = to_the_end ? SIZE_MAX : 1 + dice.below(30);
    for (auto line = child.hear(); !line.empty() && lines_left > 0;
         line = child.hear(), --lines_left) {
      Told receipt;
      std::size_t submission = 0;
      int outcome = 0;
      char event[40] = {};
      char leaf[80] = {};
      unsigned long sequence = 0;
      if (std::sscanf(line.c_str(), "done %zu", &submission) == 1) next = submission + 1;
      if (std::sscanf(line.c_str(), "%zu %39s %d %u %lu %79s", &submission, event, &outcome,
                      &receipt.partition, &sequence, leaf) != 6)
        continue;
      receipt.event = event;
      receipt.leaf = leaf;
      receipt.sequence = sequence;
      receipt.outcome = static_cast<Receipt::Outcome>(outcome);
      told.push_back(receipt);
    }
    if (to_the_end) {
      CHECK(child.wait() == 0);
      return;
    }
    ::usleep(static_cast<useconds_t>(
        dice.below(4'000)));  // also where it says nothing: in commits, folds and swaps
    child.kill();
    child.wait();
    ++killed;
  };
  while (killed < kills && next + 3 < submissions.size()) run(false);
  CHECK(killed == kills);
  run(true);

  lmdb::EventLog log(*directory);
  std::set<std::string> accepted;
  std::map<std::uint32_t, std::vector<std::string>> leaves;
  for (const auto partition : {register_partition, 0U}) {
    const auto source = log.reader(partition);
    EntryBatch batch;
    for (Sequence at = 0;; at += batch.entries.size()) {
      source->read(at, 1 << 20, std::chrono::milliseconds{0}, batch);
      if (batch.entries.empty()) break;
      for (const auto bytes : batch.entries) {
        leaves[partition].push_back(leaf_hash(bytes).hex());
        const EntryReader entry(bytes);
        if (!entry.get().isAccepted()) continue;
        const EventReader event(*entry.event_bytes());
        CHECK(accepted.insert(read(event.get().getId()).text()).second);  // none doubled
      }
    }
  }
  for (const auto& receipt : told) {
    INFO(receipt.event << " at " << receipt.sequence);
    REQUIRE(receipt.sequence < leaves[receipt.partition].size());
    CHECK(leaves[receipt.partition][receipt.sequence] == receipt.leaf);
    if (receipt.outcome == Receipt::Outcome::accepted)
      CHECK(accepted.contains(receipt.event));  // none lost
  }
  const auto registry = log.reader(register_partition);
  const auto own = log.reader(0);
  const auto lookups = log.reader(0);
  MemoryRowStore scratch;
  const auto verified =
      ledger::Verifier(std::string(SmallLedger::name), 0, {*own, *lookups, *registry}, scratch, {})
          .run();
  INFO((verified.bad ? verified.bad->found : ""));
  CHECK_FALSE(verified.bad.has_value());
  MemoryRowStore fresh;
  projections::Worker(*own, fresh, {}).catch_up();
  CHECK(digest_of(lmdb::ViewDirectory(directory->views(0)).current()->folder()) ==
        projections::views_digest(fresh));
  WARN(killed << " kills; " << told.size() << " receipts heard, all true; " << accepted.size()
              << " events, each once");
}

}  // namespace braid::test
