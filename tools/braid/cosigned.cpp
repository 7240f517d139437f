#include "tools/braid/cosigned.hpp"

#include <fmt/format.h>

#include "adapters/lmdb/event_log.hpp"
#include "tools/braid/checkpoint_book.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/history_root.hpp"

namespace braid::cli {

ledger::WitnessPolicy WitnessOptions::policy() const {
  ledger::WitnessPolicy policy{{}, required};
  for (const auto& text : witnesses) {
    auto key = ledger::witness_key(text);
    if (!key) throw UsageError("--witness: " + key.error());
    policy.witnesses.push_back(std::move(*key));
  }
  if (policy.required > policy.witnesses.size())
    throw UsageError(fmt::format("--require {} of {} witnesses: name as many with --witness",
                                 policy.required, policy.witnesses.size()));
  return policy;
}

void add_witness_options(CLI::App& app, WitnessOptions& options) {
  app.add_option("--witness", options.witnesses,
                 "the key of a witness you trust; its cosignature of what is published is checked");
  app.add_option("--require", options.required,
                 "so many of the witnesses named must have cosigned");
}

std::vector<std::string> not_cosigned(const WitnessOptions& options,
                                      const std::filesystem::path& path,
                                      const std::vector<std::uint32_t>& partitions) {
  const auto policy = options.policy();
  if (policy.witnesses.empty()) return {};
  const auto ledger = open_ledger(path);
  const lmdb::EventLog log(ledger.directory);
  std::vector<std::string> sentences;
  for (const auto partition : partitions) {
    const auto source = log.reader(partition);
    if (source->size() == 0) continue;
    const CheckpointBook book(ledger, partition);
    const auto note = book.published();
    const auto found = note ? ledger::verify_cosigned(*note, book.keys(), policy)
                            : Parsed<ledger::Checkpoint>(unreadable("no checkpoint is published"));
    if (!found)
      sentences.push_back(
          fmt::format("partition {}: {}", name_of_partition(partition), found.error()));
    else if (HistoryRoot(ledger.directory.tree(partition), *source).at(found->size) != found->root)
      sentences.push_back(fmt::format(
          "partition {}: the history is not the one that its witnesses cosigned at {} entries",
          name_of_partition(partition), found->size));
  }
  return sentences;
}

}  // namespace braid::cli
