#pragma once
#include <vector>

#include "events/table/table_set.hpp"

namespace braid {

/// Rows that are written once and read by no fold: timelines, receipts. Encoded at once, so that a
/// row waiting for its flush takes its bytes and no more. Keys should grow, so that flushing is
/// appending; they need not. The same key again replaces the earlier row. Thread: one.
template <TableRow Row>
class AppendTable final : public FlushedTable {
 public:
  AppendTable() = default;
  /// One of the tables of `set`, which must outlive it.
  explicit AppendTable(TableSet& set) { set.add(*this); }
  AppendTable(const AppendTable&) = delete;
  AppendTable& operator=(const AppendTable&) = delete;

  void append(const Row& row) { rows_.push_back(arena_.add<Row>(row.key(), &row)); }

  [[nodiscard]] std::string_view name() const override { return Row::table; }
  [[nodiscard]] std::size_t dirty() const override { return rows_.size(); }
  [[nodiscard]] std::size_t dirty_bytes() const override { return arena_.bytes(); }
  [[nodiscard]] std::size_t memory_bytes() const override {
    return arena_.bytes() + rows_.size() * sizeof(RowChange);
  }

  TableChanges collect(ChangeArena&) override {
    sort_by_key(rows_);  // stable: of equal keys the last one is the newest
    const auto is_older = [](const RowChange& row, const RowChange& next) {
      return std::ranges::equal(row.key, next.key);
    };
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (i + 1 == rows_.size() || !is_older(rows_[i], rows_[i + 1])) rows_[kept++] = rows_[i];
    rows_.resize(kept);
    return {Row::table, rows_};
  }
  void clean() override {
    rows_.clear();
    arena_.reset();
  }
  /// There is nothing to drop: a flushed row is in the store only.
  void trim(std::size_t) override {}

 private:
  ChangeArena arena_;
  std::vector<RowChange> rows_;
};

}  // namespace braid
