// `braid checkpoint`: what the operator commits the ledger to, for others to keep: "so many
// entries, under this root".
#include <fmt/format.h>

#include "adapters/kafka/checkpoint_topic.hpp"
#include "adapters/lmdb/event_log.hpp"
#include "events/merkle.hpp"
#include "tools/braid/checkpoints.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/views_keeper.hpp"

namespace braid::cli {
namespace {

constexpr std::size_t batch_bytes = 4 << 20;

struct Options {
  std::filesystem::path key;
};

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

Exit print_checkpoints(const Options& options, const Common& common) {
  const ReadingLedger reading(common.place(), ReadingLedger::Views::not_needed);
  const auto& ledger = reading.ledger();
  const auto& kafka = reading.place().kafka;
  const lmdb::EventLog log(ledger.directory);
  auto checkpoints = options.key.empty() ? std::make_unique<Checkpoints>(ledger)
                                         : std::make_unique<Checkpoints>(ledger, options.key);
  if (!checkpoints->has_key())
    throw UsageError("checkpoints are signed with the operator's key, and it is not in " +
                     ledger.directory.keys().string() +
                     "/operator.pem; run this where it is, or give --key FILE");
  for (const auto partition : ledger.founding.all_partitions()) {
    const auto source = log.reader(partition);
    if (source->size() == 0) continue;
    const auto chain = chain_to_end(ledger, *source, partition);
    const auto kept = checkpoints->keep(partition, chain, true);
    const auto note = kept ? *kept : checkpoints->sign(partition, chain);
    if (kafka)
      kafka::publish_checkpoint(open_connection(*kafka), kafka::Topics(kafka->prefix),
                                ledger::origin_of(ledger.founding.name, partition), note);
    fmt::print("{}\n", note);
  }
  return Exit::done;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("--key", options->key,
                 "the operator's key; without it that of the ledger's folder");
  return [options, &common] { return print_checkpoints(*options, common); };
}

}  // namespace

const Command checkpoint_command = {
    "checkpoint",
    "sign and print how long each partition's history is, and its root, as a note for others to "
    "keep; of a ledger on Kafka, publish it too",
    "  braid checkpoint --ledger ./northshire > northshire.checkpoints", declare};

}  // namespace braid::cli
