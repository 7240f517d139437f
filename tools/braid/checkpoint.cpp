// `braid checkpoint`: what the operator commits the ledger to, for others to keep: "so many
// entries, under this root".
#include <fmt/format.h>

#include "adapters/lmdb/event_log.hpp"
#include "events/merkle.hpp"
#include "tools/braid/checkpoints.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/views_keeper.hpp"

namespace braid::cli {
namespace {

constexpr std::size_t batch_bytes = 4 << 20;

/// From where the views stand to the end: they keep the tree they have followed.
EntryChain chain_to_end(const Ledger& ledger, const EntrySource& source, std::uint32_t partition) {
  const auto known = view_position(ledger.directory, partition);
  auto chain = known ? known->chain : EntryChain();
  EntryBatch batch;
  for (;;) {
    source.read(chain.size(), batch_bytes, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty()) return chain;
    for (const auto bytes : batch.entries)
      chain.follow(EntryReader(bytes).head(), leaf_hash(bytes));
  }
}

Exit print_checkpoints(const Common& common) {
  const auto ledger = open_ledger(common.ledger_path());
  const lmdb::EventLog log(ledger.directory);
  Checkpoints checkpoints(ledger);
  if (!checkpoints.has_key())
    throw UsageError("checkpoints are signed with the operator's key, and it is not in " +
                     ledger.directory.keys().string() + "/operator.pem; run this where it is");
  for (const auto partition : ledger.founding.all_partitions()) {
    const auto source = log.reader(partition);
    if (source->size() == 0) continue;
    const auto chain = chain_to_end(ledger, *source, partition);
    checkpoints.keep(partition, chain, true);
    fmt::print("{}\n", checkpoints.sign(partition, chain));
  }
  return Exit::done;
}

Command::Run declare(CLI::App&, const Common& common) {
  return [&common] { return print_checkpoints(common); };
}

}  // namespace

const Command checkpoint_command = {
    "checkpoint",
    "sign and print how long each partition's history is, and its root, as a note for others to "
    "keep",
    "  braid checkpoint --ledger ./northshire > northshire.checkpoints", declare};

}  // namespace braid::cli
