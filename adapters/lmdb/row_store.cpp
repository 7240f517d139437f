#include "adapters/lmdb/row_store.hpp"

#include <algorithm>
#include <cerrno>
#include <vector>

#include "adapters/lmdb/page_format.hpp"
#include "events/check.hpp"

namespace braid::lmdb {
namespace {

constexpr std::string_view meta_table = "meta";
constexpr std::string_view position_key = "position";
constexpr MDB_dbi table_of_tables = 1;

EnvironmentOptions for_rows(EnvironmentOptions options, bool durable) {
  options.max_tables = max_tables;
  options.durable = durable;
  return options;
}

void check_key(Bytes key) {
  check(!key.empty() && key.size() <= RowReader::max_key_bytes, "a row's key has 1 to 500 bytes");
}

bool greater(Bytes a, Bytes b) {
  const auto common = std::min(a.size(), b.size());
  const int order = common == 0 ? 0 : std::memcmp(a.data(), b.data(), common);
  return order != 0 ? order > 0 : a.size() > b.size();
}

std::shared_ptr<Environment> open_existing(const std::filesystem::path& folder) {
  if (!Environment::exists(folder)) throw_fault(ENOENT, "find rows in", folder);
  return Environment::open(folder, for_rows({}, true));
}

void apply_row(WriteTransaction& transaction, Cursor& cursor, const RowChange& row, bool is_last) {
  MDB_val key = to_val(row.key);
  if (row.value) {
    MDB_val value = to_val(*row.value);
    int code = mdb_cursor_put(cursor.handle(), &key, &value, is_last ? MDB_APPEND : 0);
    check(code != MDB_KEYEXIST, "changed rows are sorted, each key once");
    transaction.expect(code, "write to");
  } else if (!is_last && cursor.move(MDB_SET, row.key)) {
    transaction.expect(mdb_cursor_del(cursor.handle(), 0), "write to");
  }
}

void apply(WriteTransaction& transaction, MDB_dbi table, std::span<const RowChange> rows,
           const std::filesystem::path& folder) {
  Cursor cursor(transaction.handle(), table, folder);
  OwnedBytes last;  // the greatest key before these changes
  if (auto row = cursor.move(MDB_LAST)) last.assign(row->first.begin(), row->first.end());
  bool is_last = false;
  for (const auto& row : rows) {
    check_key(row.key);
    is_last = is_last || greater(row.key, last);
    apply_row(transaction, cursor, row, is_last);
  }
}

}  // namespace

RowSnapshot::RowSnapshot(const std::filesystem::path& folder)
    : RowSnapshot(open_existing(folder)) {}

RowSnapshot::RowSnapshot(std::shared_ptr<Environment> environment)
    : environment_(std::move(environment)), transaction_(*environment_) {
  renew();
}

RowSnapshot::~RowSnapshot() = default;

void RowSnapshot::renew() { begin(); }

void RowSnapshot::begin() const {
  known_.clear();
  transaction_.renew();
  auto stat = transaction_.stat(table_of_tables);
  if (stat && stat->ms_entries == environment_->known_tables()) return;
  transaction_.reset();  // another process has made tables
  environment_->list_tables();
  transaction_.renew();
}

void RowSnapshot::release() noexcept { transaction_.reset(); }

std::optional<MDB_dbi> RowSnapshot::find(std::string_view table) const {
  if (!transaction_.active()) begin();
  for (const auto& [name, found] : known_)
    if (name == table) return found;
  auto found = environment_->table(table);
  if (found && !transaction_.stat(*found)) found.reset();
  known_.emplace_back(table, found);
  return found;
}

std::optional<Bytes> RowSnapshot::get(std::string_view table, Bytes key) const {
  check_key(key);
  auto found = find(table);
  return found ? transaction_.get(*found, key) : std::nullopt;
}

void RowSnapshot::scan(std::string_view table, Bytes from,
                       const std::function<bool(Bytes key, Bytes value)>& visit) const {
  auto found = find(table);
  if (!found) return;
  Cursor cursor(transaction_.handle(), *found, environment_->folder());
  auto row = from.empty() ? cursor.move(MDB_FIRST) : cursor.move(MDB_SET_RANGE, from);
  while (row && visit(row->first, row->second)) row = cursor.move(MDB_NEXT);
}

std::optional<Bytes> RowSnapshot::last_key(std::string_view table) const {
  auto found = find(table);
  if (!found) return std::nullopt;
  Cursor cursor(transaction_.handle(), *found, environment_->folder());
  auto row = cursor.move(MDB_LAST);
  return row ? std::optional(row->first) : std::nullopt;
}

std::optional<Bytes> RowSnapshot::position() const {
  return get(meta_table, as_bytes(position_key));
}

void copy_rows(const std::filesystem::path& from, const std::filesystem::path& to) {
  open_existing(from)->copy_to(to);
}

void check_copy(const std::filesystem::path& copy) { check_file_end(copy / "data.mdb"); }

RowStore::RowStore(const std::filesystem::path& folder, Sync sync, EnvironmentOptions options)
    : environment_(Environment::open(folder, for_rows(options, sync == Sync::each_commit))) {
  if (!environment_->writable()) throw_fault(EACCES, "write to", folder);
  // It may be shared with what is left of a rebuild in this process.
  if (sync == Sync::each_commit && !environment_->durable()) environment_->make_durable();
  if (!environment_->table(meta_table)) environment_->create_table(meta_table);
  rows_ = std::make_unique<RowSnapshot>(environment_);
}

RowStore::~RowStore() = default;

std::optional<Bytes> RowStore::get(std::string_view table, Bytes key) const {
  return rows_->get(table, key);
}

void RowStore::scan(std::string_view table, Bytes from,
                    const std::function<bool(Bytes key, Bytes value)>& visit) const {
  rows_->scan(table, from, visit);
}

std::optional<Bytes> RowStore::last_key(std::string_view table) const {
  return rows_->last_key(table);
}

std::optional<Bytes> RowStore::position() const { return rows_->position(); }

void RowStore::commit(std::span<const TableChanges> changes, Bytes position) {
  rows_->release();
  std::vector<MDB_dbi> tables;
  for (const auto& change : changes) {
    check(change.table != meta_table, "the table \"meta\" is the store's own");
    auto table = environment_->table(change.table);
    tables.push_back(table ? *table : environment_->create_table(change.table));
  }
  auto meta = *environment_->table(meta_table);
  environment_->write([&](WriteTransaction& transaction) {
    for (std::size_t i = 0; i < changes.size(); ++i)
      apply(transaction, tables[i], changes[i].rows, environment_->folder());
    transaction.put(meta, as_bytes(position_key), position);
  });
}

std::vector<std::string> RowStore::tables() const {
  auto names = environment_->table_names();
  std::erase(names, meta_table);
  return names;
}

void RowStore::make_durable() { environment_->make_durable(); }

}  // namespace braid::lmdb
