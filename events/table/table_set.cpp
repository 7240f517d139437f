#include "events/table/table_set.hpp"

#include <algorithm>
#include <numeric>

namespace braid {
namespace {

std::size_t total(const std::vector<FlushedTable*>& tables,
                  std::size_t (FlushedTable::*part)() const) {
  return std::transform_reduce(tables.begin(), tables.end(), std::size_t{0}, std::plus{},
                               [&](const FlushedTable* table) { return (table->*part)(); });
}

}  // namespace

void TableSet::add(FlushedTable& table) {
  const auto place = std::ranges::lower_bound(tables_, table.name(), {}, &FlushedTable::name);
  check(place == tables_.end() || (*place)->name() != table.name(),
        "two schemas may not name the same table");
  tables_.insert(place, &table);
}

std::size_t TableSet::dirty() const { return total(tables_, &FlushedTable::dirty); }
std::size_t TableSet::dirty_bytes() const { return total(tables_, &FlushedTable::dirty_bytes); }
std::size_t TableSet::memory_bytes() const { return total(tables_, &FlushedTable::memory_bytes); }

void TableSet::flush(RowStore& store, Bytes position) {
  arena_.reset();  // of a flush that failed
  std::vector<TableChanges> changes;
  for (auto* table : tables_)
    if (table->dirty() > 0)
      if (const auto collected = table->collect(arena_); !collected.rows.empty())
        changes.push_back(collected);
  store.commit(changes, position);
  for (auto* table : tables_)
    if (table->dirty() > 0) table->clean();
  arena_.reset();
}

void TableSet::trim(std::size_t max_rows_per_table) {
  for (auto* table : tables_) table->trim(max_rows_per_table);
}

}  // namespace braid
