#include "tools/braid/chain_to_end.hpp"

#include "tools/braid/tree_keeper.hpp"

namespace braid::cli {
namespace {

constexpr std::size_t batch_bytes = 4 << 20;

}  // namespace

EntryChain chain_to_end(const std::filesystem::path& tree, const EntrySource& log) {
  auto chain = tree_chain(tree);
  if (chain.size() > log.size())
    throw HistoryBroken("the stored tree covers " + std::to_string(chain.size()) +
                        " entries and the log holds " + std::to_string(log.size()) +
                        ": the log was cut, or restored from an older copy");
  EntryBatch batch;
  for (;;) {
    log.read(chain.size(), batch_bytes, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty()) return chain;
    for (const auto bytes : batch.entries)
      chain.follow(EntryReader(bytes).head(), leaf_hash(bytes));
  }
}

}  // namespace braid::cli
