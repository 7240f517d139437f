#include "tools/braid/tree_keeper.hpp"

#include "events/faults.hpp"

namespace braid::cli {
namespace {

constexpr std::size_t batch_bytes = 4 << 20;

}  // namespace

TreeKeeper::TreeKeeper(const std::filesystem::path& folder, const EntrySource& source, bool anew)
    : source_(source), store_(folder), writer_(store_, anew) {
  check_continues();
}

void TreeKeeper::check_continues() const {
  const auto size = writer_.chain().size();
  if (size == 0) return;
  EntryBatch last;
  source_.read(size - 1, 1, std::chrono::milliseconds{0}, last);
  if (last.entries.empty())
    throw HistoryBroken("the stored tree covers " + std::to_string(size) +
                        " entries and the log holds fewer: it was cut, or this is the tree of "
                        "another history");
  if (leaf_hash(last.entries.front()) != writer_.chain().last_leaf())
    throw HistoryBroken("the stored tree has another entry " + std::to_string(size - 1) +
                        " than the log: one of them was altered, or is another history's");
}

bool TreeKeeper::step() {
  source_.read(writer_.chain().size(), batch_bytes, std::chrono::milliseconds{0}, batch_);
  writer_.follow(batch_.entries);
  return !batch_.entries.empty();
}

void TreeKeeper::catch_up() {
  while (step()) continue;
  flush();
}

EntryChain tree_chain(const std::filesystem::path& folder) {
  if (!lmdb::Environment::exists(folder)) return {};
  const lmdb::RowSnapshot rows(folder);
  return StoredTree(rows).chain();
}

}  // namespace braid::cli
