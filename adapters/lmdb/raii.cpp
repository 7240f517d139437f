#include "adapters/lmdb/raii.hpp"

#include "events/check.hpp"

namespace braid::lmdb {

ReadTransaction::ReadTransaction(Environment& environment) : environment_(environment) { renew(); }

ReadTransaction::~ReadTransaction() {
  if (txn_ != nullptr) mdb_txn_abort(txn_);
  if (active_) environment_.gate_.leave();
}

void ReadTransaction::reset() noexcept {
  if (!active_) return;
  mdb_txn_reset(txn_);
  active_ = false;
  environment_.gate_.leave();
}

int ReadTransaction::begin() noexcept {
  return txn_ != nullptr ? mdb_txn_renew(txn_)
                         : mdb_txn_begin(environment_.env_, nullptr, MDB_RDONLY, &txn_);
}

void ReadTransaction::renew() {
  reset();
  for (int attempt = 0;; ++attempt) {
    environment_.gate_.enter();
    int code = begin();
    if (code == 0) {
      active_ = true;
      return;
    }
    environment_.gate_.leave();
    if (code == MDB_MAP_RESIZED) {
      environment_.resize_map(0);  // another process let the file grow
    } else if (code == MDB_READERS_FULL && attempt == 0) {
      environment_.clear_stale_readers();
    } else {
      throw_fault(code, "read", environment_.folder());
    }
  }
}

void ReadTransaction::keep_tables() {
  int code = mdb_txn_commit(std::exchange(txn_, nullptr));
  active_ = false;
  environment_.gate_.leave();
  expect_success(code, "read", environment_.folder());
}

std::optional<MDB_stat> ReadTransaction::stat(MDB_dbi table) const {
  MDB_stat stat{};
  int code = mdb_stat(txn_, table, &stat);
  if (code == EINVAL || code == MDB_BAD_DBI || code == MDB_NOTFOUND)
    return std::nullopt;  // opened after this moment
  expect_success(code, "read", environment_.folder());
  return stat;
}

std::optional<Bytes> ReadTransaction::get(MDB_dbi table, Bytes key) const {
  MDB_val wanted = to_val(key);
  MDB_val found{};
  int code = mdb_get(txn_, table, &wanted, &found);
  if (code == MDB_NOTFOUND) return std::nullopt;
  expect_success(code, "read", environment_.folder());
  return to_bytes(found);
}

std::size_t WriteTransaction::count(MDB_dbi table) const {
  MDB_stat stat{};
  expect(mdb_stat(txn_, table, &stat), "read");
  return stat.ms_entries;
}

void WriteTransaction::put(MDB_dbi table, Bytes key, Bytes value, unsigned flags) {
  MDB_val key_val = to_val(key);
  MDB_val value_val = to_val(value);
  expect(mdb_put(txn_, table, &key_val, &value_val, flags), "write to");
}

MDB_dbi WriteTransaction::open_table(const std::string& name) {
  MDB_dbi table{};
  int code = mdb_dbi_open(txn_, name.c_str(), MDB_CREATE, &table);
  check(code != MDB_DBS_FULL, "an environment is opened for as many tables as it will have");
  expect(code, "make a table in");
  return table;
}

Cursor::Cursor(MDB_txn* transaction, MDB_dbi table, const std::filesystem::path& folder)
    : folder_(folder) {
  expect_success(mdb_cursor_open(transaction, table, &cursor_), "read", folder_);
}

std::optional<std::pair<Bytes, Bytes>> Cursor::move(MDB_cursor_op operation, Bytes key) {
  MDB_val at = to_val(key);
  MDB_val value{};
  int code = mdb_cursor_get(cursor_, &at, &value, operation);
  if (code == MDB_NOTFOUND) return std::nullopt;
  expect_success(code, "read", folder_);
  return std::pair{to_bytes(at), to_bytes(value)};
}

std::string version() {
  int major = 0;
  int minor = 0;
  int patch = 0;
  mdb_version(&major, &minor, &patch);
  return "LMDB " + std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

}  // namespace braid::lmdb
