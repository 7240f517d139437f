#include "events/table/memory_row_store.hpp"

#include "events/check.hpp"
#include "events/table/change_arena.hpp"

namespace braid {
namespace {

OwnedBytes owned(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace

bool MemoryRowStore::KeyLess::operator()(Bytes left, Bytes right) const noexcept {
  return key_less(left, right);
}

std::optional<Bytes> MemoryRowStore::get(std::string_view table, Bytes key) const {
  const auto rows = tables_.find(table);
  if (rows == tables_.end()) return std::nullopt;
  const auto row = rows->second.find(key);
  if (row == rows->second.end()) return std::nullopt;
  return row->second;
}

void MemoryRowStore::scan(std::string_view table, Bytes from,
                          const std::function<bool(Bytes key, Bytes value)>& visit) const {
  const auto rows = tables_.find(table);
  if (rows == tables_.end()) return;
  for (auto row = rows->second.lower_bound(from); row != rows->second.end(); ++row)
    if (!visit(row->first, row->second)) return;
}

std::optional<Bytes> MemoryRowStore::last_key(std::string_view table) const {
  const auto rows = tables_.find(table);
  if (rows == tables_.end() || rows->second.empty()) return std::nullopt;
  return rows->second.rbegin()->first;
}

std::optional<Bytes> MemoryRowStore::position() const {
  if (!position_) return std::nullopt;
  return *position_;
}

void MemoryRowStore::commit(std::span<const TableChanges> changes, Bytes position) {
  for (const auto& table : changes) {
    auto& rows = tables_[std::string(table.table)];
    const Bytes* before = nullptr;
    for (const auto& change : table.rows) {
      check(before == nullptr || key_less(*before, change.key),
            "changed rows come sorted, each key once");
      check(!change.key.empty() && change.key.size() <= max_key_bytes,
            "the generator bounds every key");
      before = &change.key;
      if (change.value)
        rows.insert_or_assign(owned(change.key), owned(*change.value));
      else if (const auto row = rows.find(change.key); row != rows.end())
        rows.erase(row);
    }
  }
  position_ = owned(position);
}

}  // namespace braid
