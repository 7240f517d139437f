// `braid checkpoint`, and `braid audit checkpoint`: what the operator commits the ledger to, for
// others to keep: "so many entries, under this root".
#include <fmt/format.h>

#include "adapters/kafka/checkpoint_topic.hpp"
#include "adapters/lmdb/event_log.hpp"
#include "events/faults.hpp"
#include "tools/braid/chain_to_end.hpp"
#include "tools/braid/checkpoint_book.hpp"
#include "tools/braid/checkpoints.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/reading_ledger.hpp"

namespace braid::cli {
namespace {

struct Options {
  std::filesystem::path key;
  std::string partition;
  bool verifier_key = false;
};

using Notes = std::function<void(std::uint32_t partition, const std::string& note)>;

void print_checkpoint(const lmdb::EventLog& log, const Ledger& ledger, Checkpoints& checkpoints,
                      std::uint32_t partition, const Notes& publish) {
  const auto source = log.reader(partition);
  if (source->size() == 0) return;
  const auto chain = chain_to_end(ledger.directory.tree(partition), *source);
  const auto note = checkpoints.sign(partition, chain);
  checkpoints.keep(partition, chain, true);
  publish(partition, note);
  fmt::print("{}\n", note);
}

Exit run(const Options& options, const Common& common) try {
  const ReadingLedger reading(common.place(), ReadingLedger::Views::not_needed);
  const auto& ledger = reading.ledger();
  const lmdb::EventLog log(ledger.directory);
  const auto partitions = partitions_named(ledger.founding, options.partition);
  if (options.verifier_key) {
    for (const auto partition : partitions)
      for (const auto& key : CheckpointBook(ledger, partition).keys().verifier_keys())
        fmt::print("{}\n", key.text());
    return Exit::done;
  }
  Checkpoints checkpoints(ledger, options.key);
  if (const auto why = checkpoints.objection()) throw UsageError(*why);
  const auto publish = [&](std::uint32_t partition, const std::string& note) {
    if (const auto& kafka = reading.place().kafka)
      kafka::publish_checkpoint(open_connection(*kafka), kafka::Topics(kafka->prefix),
                                ledger::origin_of(ledger.founding.name, partition), note);
  };
  for (const auto partition : partitions)
    print_checkpoint(log, ledger, checkpoints, partition, publish);
  return Exit::done;
} catch (const HistoryBroken& broken) {
  throw Refused(broken.what());
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("--key", options->key,
                 "a key of the operator that its register has not revoked; without it that of the "
                 "ledger's folder");
  app.add_option("--partition", options->partition, "only this one: register, 0, 1 ...");
  app.add_flag("--verifier-key", options->verifier_key,
               "print instead the keys that others check the checkpoints with: a line for each of "
               "the operator's keys in each partition");
  return [options, &common] { return run(*options, common); };
}

}  // namespace

const Command checkpoint_command = {
    "checkpoint",
    "sign and print how long each partition's history is, and its root, as a note for others to "
    "keep; of a ledger on Kafka, publish it too",
    "  braid checkpoint --ledger ./northshire > northshire.checkpoints", declare};

const Command audit_checkpoint_command = {
    "audit checkpoint", "sign and print checkpoints; as `braid checkpoint`",
    "  braid audit checkpoint --ledger ./northshire --partition 0\n"
    "  braid audit checkpoint --ledger ./northshire --verifier-key",
    declare};

}  // namespace braid::cli
