// The transparency log: an inclusion proof from a large stored tree, keeping the tree, and exporting.
#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <stdexcept>

#include "adapters/lmdb/row_store.hpp"
#include "events/stored_tree.hpp"
#include "ledger/checkpoint.hpp"
#include "tools/bench/bench_ledger.hpp"
#include "tools/bench/benches.hpp"
#include "tools/bench/measure.hpp"
#include "tools/braid/log_export.hpp"
#include "tools/braid/tree_keeper.hpp"

namespace braid::bench {
namespace {

constexpr std::size_t leaves_at_a_time = 1 << 18;
constexpr std::size_t proofs = 1'000;

Digest leaf_of(std::uint64_t number) {
  Digest leaf;  // a hash has no structure that matters here, but no two may be alike
  std::memcpy(leaf.bytes.data(), &number, sizeof number);
  return leaf;
}

/// A stored tree over `size` leaves that stand for hashes; its root.
Digest store_tree(RowStore& store, std::uint64_t size) {
  TileBuilder builder;
  std::vector<Digest> leaves;
  std::map<std::array<std::byte, 9>, OwnedBytes> rows;
  const auto keep = [&](TileId tile, std::span<const Digest> hashes) {
    std::array<std::byte, 9> key{static_cast<std::byte>(tile.level)};
    const auto index = __builtin_bswap64(tile.index);
    std::memcpy(&key[1], &index, sizeof index);
    const auto bytes = std::as_bytes(hashes);
    rows[key].assign(bytes.begin(), bytes.end());
  };
  while (builder.size() < size) {
    leaves.clear();
    while (leaves.size() < leaves_at_a_time && builder.size() + leaves.size() < size)
      leaves.push_back(leaf_of(builder.size() + leaves.size()));
    builder.add(leaves, keep);
    if (builder.size() == size) builder.show_edge(keep);
    std::vector<RowChange> changes;
    for (const auto& [key, bytes] : rows) changes.push_back({key, bytes});
    const TableChanges table{"tiles", changes};
    store.commit({&table, 1}, EntryChain().bytes());
    rows.clear();
  }
  return builder.root();
}

void measure_proofs(const std::filesystem::path& folder, std::uint64_t size) {
  lmdb::RowStore store(folder / "tree", lmdb::RowStore::Sync::at_the_end);
  const auto root = store_tree(store, size);
  const StoredTree tree(store);
  std::mt19937_64 dice(2026);
  std::vector<double> took;
  for (std::size_t i = 0; i < proofs; ++i) {
    const auto index = dice() % size;
    MerkleProof proof;
    took.push_back(seconds([&] { proof = inclusion_proof(tree, index, size); }).wall * 1e6);
    if (!verify_inclusion(leaf_of(index), index, size, proof, root))
      throw std::runtime_error("a proof does not verify");
  }
  std::ranges::sort(took);
  fmt::print("inclusion proof from a stored tree of {} leaves, {} at random, all verified: median "
             "{:.0f} us, p99 {:.0f} us, most {:.0f} us\n",
             size, proofs, took[proofs / 2], took[proofs * 99 / 100], took.back());
}

}  // namespace

void bench_audit(const std::filesystem::path& folder, int rounds, std::size_t events,
                 std::size_t leaves) {
  measure_proofs(folder, leaves);
  std::filesystem::remove_all(folder / "tree");
  BenchLedger ledger(folder / "ledger");
  ledger.grow(events);
  ledger.stop_writing();
  const auto log = ledger.log().reader(0);
  Series keep{"the stored tree made from the log, durable", "entries"};
  Series write{"the log exported as C2SP tlog-tiles", "entries"};
  const auto key = SecretKey::generate();
  for (int round = 0; round < rounds; ++round) {
    const auto tree = folder / "kept" / std::to_string(round);
    keep.add(static_cast<double>(log->size()), seconds([&] {
               cli::TreeKeeper(tree, *log, false).catch_up();
             }));
    const auto chain = cli::tree_chain(tree);
    const ledger::Checkpoint checkpoint{"bench/0", chain.size(), chain.root()};
    const cli::LogExport::Published shown{
        checkpoint, ledger::sign_checkpoint(checkpoint, key), {}, {}, false};
    const auto out = folder / "out" / std::to_string(round);
    write.add(static_cast<double>(log->size()), seconds([&] {
                cli::LogExport(out, *log).run(shown, [](Sequence, Sequence) {});
              }));
    std::filesystem::remove_all(tree);
    std::filesystem::remove_all(out);
  }
  print(fmt::format("{} entries", log->size()), {keep, write});
  bench_audit_commands(folder, rounds, ledger);
}

}  // namespace braid::bench
