// P1 and P10: a history proved and its views rebuilt.
#include <fmt/format.h>

#include <atomic>
#include <future>
#include <mutex>
#include <stdexcept>
#include <unordered_map>

#include "events/merkle.hpp"
#include "events/native_rows.hpp"
#include "events/task_pool.hpp"
#include "ledger/pending_history.hpp"
#include "ledger/submission_audit.hpp"
#include "ledger/verify.hpp"
#include "projections/worker.hpp"
#include "tools/bench/bench_ledger.hpp"
#include "tools/bench/benches.hpp"
#include "tools/bench/measure.hpp"

namespace braid::bench {

namespace {

constexpr std::size_t batch_bytes = 4 << 20;

/// The speed of light: decode every entry, hash it into the tree, add its postings to one table.
/// Two threads, no flush.
void bare_loop(Series& series, const lmdb::EventLog& log) {
  const auto source = log.reader(0);
  std::unordered_map<Uuid, std::int64_t> sums;
  MerkleTree tree;
  EntryBatch now;
  EntryBatch ahead;
  std::vector<Digest> leaves;
  std::uint64_t entries = 0;
  TaskPool pool(2);
  const auto took = seconds([&] {
    source->read(0, batch_bytes, std::chrono::milliseconds{0}, now);
    while (!now.entries.empty()) {
      const std::array<std::function<void()>, 2> tasks = {
          [&] {
            leaves.resize(now.entries.size());
            leaf_hashes(now.entries, leaves);
            tree.add(std::span<const Digest>(leaves));
            source->read(now.first + now.entries.size(), batch_bytes, std::chrono::milliseconds{0},
                         ahead);
          },
          [&] {
            for (const auto bytes : now.entries) {
              const EntryReader entry(bytes);
              if (!entry.get().isAccepted()) continue;
              for (const auto posting : entry.get().getAccepted().getPostings())
                sums[Uuid{posting.getSubjectHigh(), posting.getSubjectLow()}] +=
                    posting.getAmount();
            }
          }};
      pool.run(tasks);
      entries += now.entries.size();
      std::swap(now, ahead);
    }
  });
  series.add(static_cast<double>(entries), took);
}

/// Whole and signed, and every view rebuilt into a fresh durable store. Returns the root reached.
Digest rebuild(Series& series, const lmdb::EventLog& log, const std::filesystem::path& folder) {
  std::filesystem::remove_all(folder);
  const auto source = log.reader(0);
  const auto lookups = log.reader(0);
  const ledger::PendingHistory history(*lookups);
  ledger::SubmissionAudit audit(std::string(BenchLedger::name), history);
  std::uint64_t forged = 0;
  std::uint64_t signatures = 0;
  const auto prove = [&](std::span<const projections::Record> records) {
    for (const auto& record : records) {
      if (audit.take(record.head, record.entry, record.event_hash)) ++forged;
      if (const auto statement = audit.completed()) {
        ++signatures;
        forged += !verify(statement->key, as_bytes(statement->text), statement->signature);
      }
    }
  };
  EntryChain chain;
  const auto took = seconds([&] {
    lmdb::RowStore store(folder, lmdb::RowStore::Sync::at_the_end);
    projections::Worker worker(*source, store,
                               {.threads = 2, .batch_bytes = batch_bytes, .also = prove});
    worker.catch_up();
    store.make_durable();
    chain = worker.chain();
  });
  if (forged != 0 || signatures == 0)
    throw std::runtime_error("the bench's own history does not verify");
  series.add(static_cast<double>(chain.size()), took);
  return chain.root();
}

void verify_again(Series& series, const lmdb::EventLog& log,
                  const std::filesystem::path& scratch_folder, const Digest& root) {
  std::filesystem::remove_all(scratch_folder);
  const auto own = log.reader(0);
  const auto lookups = log.reader(0);
  const auto registry = log.reader(register_partition);
  ledger::Verified verified;
  const auto took = seconds([&] {
    lmdb::RowStore scratch(scratch_folder, lmdb::RowStore::Sync::at_the_end);
    verified = ledger::Verifier(std::string(BenchLedger::name), 0, {*own, *lookups, *registry},
                                scratch, {})
                   .run();
  });
  if (verified.bad) throw std::runtime_error(verified.bad->found);
  if (verified.chain.root() != root)
    throw std::runtime_error("two readers of one history reach two roots");
  series.add(static_cast<double>(verified.entries), took);
}

std::uint64_t entry_bytes(const lmdb::EventLog& log) {
  const auto source = log.reader(0);
  EntryBatch batch;
  std::uint64_t bytes = 0;
  for (Sequence next = 0;; next += batch.entries.size()) {
    source->read(next, batch_bytes, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty()) return bytes;
    for (const auto entry : batch.entries) bytes += entry.size();
  }
}

std::uint64_t disk_bytes(const std::filesystem::path& folder) {
  std::uint64_t bytes = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder))
    if (file.is_regular_file()) bytes += file.file_size();
  return bytes;
}

}  // namespace

void bench_replay(const std::filesystem::path& folder, int rounds, std::size_t events) {
  BenchLedger ledger(folder / "replay");
  fmt::print(stderr, "recording {} events ...\n", events);
  ledger.grow(events);
  ledger.stop_writing();
  auto& log = ledger.log();
  Series light{"bare decode + hash + one table, two threads, no flush", "entries"};
  Series p1{"P1 proved whole and signed, all views rebuilt and durable", "entries"};
  Series p1_again{"P1 the same questions and every entry judged again", "entries"};
  const MemoryWatch memory;
  for (int round = 0; round < rounds; ++round) {
    bare_loop(light, log);
    const auto root = rebuild(p1, log, folder / "views");
    verify_again(p1_again, log, folder / "scratch", root);
  }
  print(fmt::format(
            "Replaying {} entries ({} projections); batches of up to 1,000 events a signature",
            log.reader(0)->size(), projections::projections().size()),
        {light, p1, p1_again});
  const auto entries = entry_bytes(log);
  fmt::print(
      "  P10 memory at most {} MiB of its own, and {} MiB of files' pages; {} bytes of entries, {} on "
      "disk: {:.2f} x\n",
      memory.own() >> 20, memory.of_files() >> 20, entries, disk_bytes(ledger.directory().log(0)),
      static_cast<double>(disk_bytes(ledger.directory().log(0))) / static_cast<double>(entries));
}

}  // namespace braid::bench
