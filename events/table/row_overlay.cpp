#include "events/table/row_overlay.hpp"

#include <vector>

#include "events/table/change_arena.hpp"

namespace braid {
namespace {

constexpr std::byte there{1};  // behind each value above: values begin where they can be read

OwnedBytes owned(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

OwnedBytes to_keep(const std::optional<Bytes>& value) {
  OwnedBytes kept;
  if (!value) return kept;
  kept.reserve(value->size() + 1);
  kept.assign(value->begin(), value->end());
  kept.push_back(there);
  return kept;
}

Bytes value_of(Bytes kept) { return kept.first(kept.size() - 1); }

/// The rows above from a key on, one after another, copied some at a time.
class RowsAbove {
 public:
  RowsAbove(const RowReader& store, std::string_view table, Bytes from)
      : store_(store), table_(table), next_(owned(from)) {
    fill();
  }

  [[nodiscard]] bool at_end() const { return at_ == rows_.size(); }
  [[nodiscard]] Bytes key() const { return rows_[at_].key; }
  [[nodiscard]] Bytes value() const { return value_of(rows_[at_].value); }
  [[nodiscard]] bool erased() const { return rows_[at_].value.empty(); }
  void go_on() {
    if (++at_ == rows_.size() && more_) fill();
  }

 private:
  static constexpr std::size_t some = 256;
  struct Row {
    OwnedBytes key;
    OwnedBytes value;
  };

  void fill() {
    rows_.clear();
    at_ = 0;
    more_ = false;
    store_.scan(table_, next_, [&](Bytes key, Bytes value) {
      more_ = rows_.size() == some;
      if (more_) return false;
      rows_.push_back({owned(key), owned(value)});
      return true;
    });
    if (!more_) return;
    next_ = rows_.back().key;
    next_.push_back(std::byte{0});  // the least key behind it
  }

  const RowReader& store_;
  std::string_view table_;
  OwnedBytes next_;
  std::vector<Row> rows_;
  std::size_t at_ = 0;
  bool more_ = false;
};

}  // namespace

std::optional<Bytes> RowOverlay::get(std::string_view table, Bytes key) const {
  const auto row = above_.get(table, key);
  if (!row) return below_.get(table, key);
  return row->empty() ? std::nullopt : std::optional(value_of(*row));
}

void RowOverlay::scan(std::string_view table, Bytes from,
                      const std::function<bool(Bytes key, Bytes value)>& visit) const {
  RowsAbove above(above_, table, from);
  bool go_on = true;
  const auto show_above = [&] {
    if (!above.erased()) go_on = visit(above.key(), above.value());
    above.go_on();
  };
  below_.scan(table, from, [&](Bytes key, Bytes value) {
    while (go_on && !above.at_end() && key_less(above.key(), key)) show_above();
    if (!go_on) return false;
    if (!above.at_end() && !key_less(key, above.key()))
      show_above();
    else
      go_on = visit(key, value);
    return go_on;
  });
  while (go_on && !above.at_end()) show_above();
}

std::optional<Bytes> RowOverlay::last_key(std::string_view table) const {
  const auto below = below_.last_key(table);
  const auto above = above_.last_key(table);
  if (!above || (below && key_less(*above, *below))) return below;
  last_ = owned(*above);
  if (!above_.get(table, last_)->empty()) return last_;
  bool any = false;  // the greatest was erased, which is rare: its neighbour is looked for
  scan(table, {}, [&](Bytes key, Bytes) {
    last_.assign(key.begin(), key.end());
    return any = true;
  });
  return any ? std::optional<Bytes>(last_) : std::nullopt;
}

std::optional<Bytes> RowOverlay::position() const {
  const auto above = above_.position();
  return above ? above : below_.position();
}

void RowOverlay::commit(std::span<const TableChanges> changes, Bytes position) {
  std::vector<std::vector<OwnedBytes>> values(changes.size());
  std::vector<std::vector<RowChange>> rows(changes.size());
  std::vector<TableChanges> all;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    values[i].reserve(changes[i].rows.size());
    for (const auto& row : changes[i].rows)
      rows[i].push_back({row.key, values[i].emplace_back(to_keep(row.value))});
    all.push_back({changes[i].table, rows[i]});
  }
  above_.commit(all, position);
}

void RowOverlay::settle(const RowReader& above, std::span<const std::string> tables,
                        RowStore& onto) {
  constexpr std::size_t some = 100'000;
  const auto position = above.position();
  if (!position) return;
  const OwnedBytes reached = owned(*position);
  for (const auto& table : tables) {
    RowsAbove rows(above, table, {});
    while (!rows.at_end()) {
      std::vector<OwnedBytes> bytes;
      bytes.reserve(2 * some);  // what is borrowed of it stays where it is
      std::vector<RowChange> changes;
      for (; !rows.at_end() && changes.size() < some; rows.go_on()) {
        const Bytes key = bytes.emplace_back(owned(rows.key()));
        if (rows.erased())
          changes.push_back({key, std::nullopt});
        else
          changes.push_back({key, bytes.emplace_back(owned(rows.value()))});
      }
      const TableChanges all{table, changes};
      onto.commit(std::span(&all, 1), reached);
    }
  }
  onto.commit({}, reached);
}

}  // namespace braid
