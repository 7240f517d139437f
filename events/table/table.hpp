#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "events/table/flushed_table.hpp"
#include "events/table/row_index.hpp"
#include "events/table/slots.hpp"
#include "events/table/table_set.hpp"

namespace braid {

/// The rows of one table as values, over a store: reads through, keeps what it has read, and holds
/// back what is changed until `TableSet::flush`. Pointers and references to rows are good until
/// `trim`. A key above the store's last is known to be absent without a look-up, so a table whose
/// keys grow (UUIDv7) is filled without reading. Thread: one, the store's. Throws what the store
/// throws, and HistoryBroken where a stored row cannot be read; the table is then as it was.
template <TableRow Row>
class Table final : public FlushedTable {
 public:
  using Key = typename Row::Key;

  /// Borrows `store`, which must outlive it and be the one that it is flushed to.
  explicit Table(const RowReader& store) : store_(store) {}
  /// One of the tables of `set`, which must outlive it.
  Table(const RowReader& store, TableSet& set) : Table(store) { set.add(*this); }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  /// The row, or nullptr.
  [[nodiscard]] const Row* find(const Key& key) {
    const Slot* const slot = look_up(key);
    return slot != nullptr && slot->present ? &slot->row : nullptr;
  }

  /// The row, to be changed; a new one with these key fields and all else zero or empty where there
  /// is none. The key fields must stay as they are.
  Row& change(const Key& key) {
    Slot* slot = recent_;
    if (!is_recent(key)) {
      const auto tag = tag_of(key);
      slot = look_up(key, tag);
      if (slot == nullptr) slot = &add(key, tag);
    }
    slot->present = true;
    mark_dirty(*slot);
    return slot->row;
  }

  /// The row, to be changed, or nullptr.
  [[nodiscard]] Row* change_existing(const Key& key) {
    Slot* const slot = look_up(key);
    if (slot == nullptr || !slot->present) return nullptr;
    mark_dirty(*slot);
    return &slot->row;
  }

  /// Removes the row; nothing happens where there is none. It can be made anew.
  void erase(const Key& key) {
    Slot* const slot = look_up(key);
    if (slot == nullptr || !slot->present) return;
    slot->row = Row{};
    slot->row.set_key(key);
    slot->present = false;
    mark_dirty(*slot);
  }

  [[nodiscard]] std::string_view name() const override { return Row::table; }
  [[nodiscard]] std::size_t dirty() const override { return dirty_.size(); }
  [[nodiscard]] std::size_t dirty_bytes() const override { return dirty_.size() * row_bytes_; }
  [[nodiscard]] std::size_t cached_rows() const { return slots_.size(); }
  [[nodiscard]] std::size_t memory_bytes() const override {
    return slots_.bytes() + index_.bytes() + slots_.size() * row_bytes_;
  }

  TableChanges collect(ChangeArena& arena) override;
  void clean() override;
  void trim(std::size_t max_rows) override;

 private:
  struct Slot {
    bool present = false;  ///< else: known to be absent
    bool dirty = false;
    bool stored = false;    ///< the store has a row of this key
    bool used = false;      ///< since the last trim
    std::uint32_t tag = 0;  ///< of the key, as the index has it
    Row row;                ///< its key fields are set even when absent
  };

  static std::uint32_t tag_of(const Key& key) { return RowIndex::tag_of(hash_of(key)); }
  Slot* look_up(const Key& key) {
    if (is_recent(key)) return recent_;
    return look_up(key, tag_of(key));
  }
  /// Folds find a row and then change it, or change one row several times.
  bool is_recent(const Key& key) const { return recent_ != nullptr && recent_->row.has_key(key); }
  Slot* look_up(const Key& key, std::uint32_t tag) {
    const auto number = index_.find(
        tag, [&](std::uint32_t candidate) { return slots_[candidate].row.has_key(key); });
    if (number == RowIndex::none) [[unlikely]]
      return read(key, tag);
    recent_ = &slots_[number];
    recent_->used = true;
    return recent_;
  }
  Slot* read(const Key& key, std::uint32_t tag);
  bool is_above_last(Bytes key);
  Slot& add(const Key& key, std::uint32_t tag);
  void mark_dirty(Slot& slot) {
    if (slot.dirty) return;
    dirty_.push_back(&slot);
    slot.dirty = true;
  }

  const RowReader& store_;
  RowIndex index_;
  Slots<Slot> slots_;
  std::vector<Slot*> dirty_;
  Slot* recent_ = nullptr;  // the last one looked up
  bool knows_last_ = false;
  OwnedBytes last_;            // no stored key is greater; empty: none is stored
  OwnedBytes collected_last_;  // the greatest of the rows last collected that are not erased
  std::size_t row_bytes_ =
      64 + 8 * (RowLayout<Row>::data_words + RowLayout<Row>::pointers);  // as last flushed
};

/// Asks the store. Remembers an absent row too, where asking again would cost a look-up.
template <TableRow Row>
typename Table<Row>::Slot* Table<Row>::read(const Key& key, std::uint32_t tag) {
  KeyBytes bytes;
  append_key(key, bytes);
  if (is_above_last(bytes.bytes())) return nullptr;
  const auto stored = store_.get(Row::table, bytes.bytes());
  std::optional<Row> row;
  if (stored) row = decode<Row>(*stored);
  Slot& slot = add(key, tag);
  if (!row) return &slot;
  slot.row = std::move(*row);
  slot.present = slot.stored = true;
  return &slot;
}

template <TableRow Row>
bool Table<Row>::is_above_last(Bytes key) {
  if (!knows_last_) {
    const auto last = store_.last_key(Row::table);
    if (last) last_.assign(last->begin(), last->end());
    knows_last_ = true;
  }
  return last_.empty() || key_less(last_, key);
}

template <TableRow Row>
typename Table<Row>::Slot& Table<Row>::add(const Key& key, std::uint32_t tag) {
  Slot& added = slots_.add();
  added.row.set_key(key);
  added.used = true;
  added.tag = tag;
  recent_ = &added;
  index_.insert(tag, slots_.size() - 1);
  return added;
}

template <TableRow Row>
TableChanges Table<Row>::collect(ChangeArena& arena) {
  const auto room = arena.changes(dirty_.size());
  const auto bytes_before = arena.bytes();
  std::size_t count = 0;
  for (const Slot* slot : dirty_) {
    if (!slot->present && !slot->stored) continue;  // came and went between two flushes
    const auto key = slot->row.key();
    check(tag_of(key) == slot->tag, "whoever changes a row leaves its key fields as they are");
    room[count++] = arena.add<Row>(key, slot->present ? &slot->row : nullptr);
  }
  const auto changes = room.first(count);
  sort_by_key(changes);
  collected_last_.clear();
  const auto last = std::find_if(changes.rbegin(), changes.rend(),
                                 [](const RowChange& each) { return each.value.has_value(); });
  if (last != changes.rend()) collected_last_.assign(last->key.begin(), last->key.end());
  if (count > 0) row_bytes_ = (arena.bytes() - bytes_before) / count;
  return {Row::table, changes};
}

template <TableRow Row>
void Table<Row>::clean() {
  for (Slot* slot : dirty_) {
    slot->dirty = false;
    slot->stored = slot->present;
  }
  dirty_.clear();
  if (!knows_last_) return;  // the store will say, the new rows included
  if (last_.empty() || key_less(last_, collected_last_)) last_ = collected_last_;
}

template <TableRow Row>
void Table<Row>::trim(std::size_t max_rows) {
  check(dirty_.empty(), "a table is trimmed right after a flush, when the store has every row");
  if (slots_.size() <= max_rows) return;
  recent_ = nullptr;
  std::uint32_t kept = 0;
  for (std::uint32_t number = 0; number < slots_.size(); ++number) {
    Slot& from = slots_[number];
    if (!std::exchange(from.used, false) || kept >= max_rows) continue;
    if (kept != number) slots_[kept] = std::move(from);
    ++kept;
  }
  slots_.cut(kept);
  index_.reset(kept);
  for (std::uint32_t number = 0; number < kept; ++number) index_.insert(slots_[number].tag, number);
}

}  // namespace braid
