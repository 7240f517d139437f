#pragma once
#include <lmdb.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/lmdb/faults.hpp"
#include "adapters/lmdb/map_gate.hpp"
#include "events/bytes.hpp"

namespace braid::lmdb {

class WriteTransaction;

inline MDB_val to_val(Bytes bytes) noexcept {
  return {bytes.size(), const_cast<std::byte*>(bytes.data())};  // LMDB reads what it is given
}
inline Bytes to_bytes(const MDB_val& value) noexcept {
  return {static_cast<const std::byte*>(value.mv_data), value.mv_size};
}

struct EnvironmentOptions {
  /// Address space to begin with, not disk: the file grows as it is written. Doubled whenever it is
  /// used up.
  std::size_t map_bytes = std::size_t{16} << 30;
  /// Named tables, at most.
  unsigned max_tables = 0;
  /// False: commits reach the disk by `make_durable` only. For what is thrown away if the process
  /// dies.
  bool durable = true;
};

/// One folder's LMDB environment. Opened once in a process: a second `open` of the folder shares
/// the first. Where the folder may not be written it is opened for reading; `writable` tells.
/// Thread: any; one writer at a time.
class Environment {
 public:
  /// Makes the folder (mode 0700) and an empty environment where there is none and it may.
  /// Throws IoFault, StorageFull, HistoryBroken.
  [[nodiscard]] static std::shared_ptr<Environment> open(const std::filesystem::path& folder,
                                                         const EnvironmentOptions& options = {});
  /// Whether `open` would find an environment, also one made by another process.
  [[nodiscard]] static bool exists(const std::filesystem::path& folder);
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  [[nodiscard]] MDB_env* handle() const noexcept { return env_; }
  [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }
  [[nodiscard]] bool writable() const noexcept { return writable_; }
  /// Not empty where this process cannot tell writers that it reads (no lock file may be written):
  /// a sentence for its user.
  [[nodiscard]] const std::string& warning() const noexcept { return warning_; }

  /// Runs `change` in one transaction and commits it. Where the map is full the transaction is
  /// undone, the map grown, and `change` run again. What it throws undoes the transaction. Cursors
  /// must die within `change`. Throws StorageFull, IoFault: nothing was written. OutcomeUnknown:
  /// this environment is of no more use.
  void write(const std::function<void(WriteTransaction&)>& change);
  /// Everything committed is on the disk when it returns.
  void sync();
  /// Writes what is committed now into another folder, durably, without what is free in the file.
  /// Others may write meanwhile. Throws IoFault, StorageFull: throw away what is in `folder` then.
  void copy_to(const std::filesystem::path& folder);
  /// `sync`, and every later commit is durable by itself.
  void make_durable();
  [[nodiscard]] bool durable() const noexcept;
  /// The table of that name, or nothing. Only tables that existed when `list_tables` or
  /// `create_table` last ran are known.
  [[nodiscard]] std::optional<MDB_dbi> table(std::string_view name) const;
  /// Opens the tables that other processes may have made.
  void list_tables();
  /// Makes and opens a table, durably.
  MDB_dbi create_table(std::string_view name);
  [[nodiscard]] std::size_t known_tables() const;
  /// Of those that are known, in the order of their names.
  [[nodiscard]] std::vector<std::string> table_names() const;

 private:
  friend class ReadTransaction;
  friend class WriteTransaction;
  struct Tables;

  Environment(std::filesystem::path folder, const EnvironmentOptions& options);
  void open_handle(const EnvironmentOptions& options);
  int try_open(const EnvironmentOptions& options, unsigned flags);
  void commit_once(const std::function<void(WriteTransaction&)>& change);
  void grow_map();
  void resize_map(std::size_t bytes);
  void clear_stale_readers() noexcept;
  [[nodiscard]] bool panicked() const noexcept;

  std::filesystem::path folder_;
  unsigned max_tables_;
  MDB_env* env_ = nullptr;
  bool writable_ = true;
  std::string warning_;
  std::uint64_t commits_ = 0;
  MapGate gate_;
  std::unique_ptr<Tables> tables_;
};

/// What the environment held at one moment; keeps that moment's pages from being written over, so
/// keep it short, or renew it. Borrows `environment`, which must outlive it. Thread: one at a time.
class ReadTransaction {
 public:
  /// Begins at once.
  explicit ReadTransaction(Environment& environment);
  ~ReadTransaction();
  ReadTransaction(const ReadTransaction&) = delete;
  ReadTransaction& operator=(const ReadTransaction&) = delete;

  /// Lets go of the moment; cheap to renew.
  void reset() noexcept;
  /// Moves to the present moment.
  void renew();
  /// Ends, and lets the environment keep the tables opened in it.
  void keep_tables();
  [[nodiscard]] bool active() const noexcept { return active_; }
  [[nodiscard]] MDB_txn* handle() const noexcept { return txn_; }
  [[nodiscard]] std::uint64_t id() const noexcept { return mdb_txn_id(txn_); }
  /// Nothing where the table did not exist at this moment.
  [[nodiscard]] std::optional<MDB_stat> stat(MDB_dbi table) const;
  [[nodiscard]] std::optional<Bytes> get(MDB_dbi table, Bytes key) const;

 private:
  int begin() noexcept;

  Environment& environment_;
  MDB_txn* txn_ = nullptr;
  bool active_ = false;
};

/// Handed out by Environment::write alone.
class WriteTransaction {
 public:
  [[nodiscard]] MDB_txn* handle() const noexcept { return txn_; }
  [[nodiscard]] std::size_t count(MDB_dbi table) const;
  /// `flags`: as mdb_put.
  void put(MDB_dbi table, Bytes key, Bytes value, unsigned flags = 0);
  MDB_dbi open_table(const std::string& name);
  /// Throws what an LMDB error means inside `write`.
  void expect(int code, std::string_view doing) const;

 private:
  friend class Environment;
  explicit WriteTransaction(Environment& environment);
  ~WriteTransaction();
  void commit();

  Environment& environment_;
  MDB_txn* txn_ = nullptr;
};

/// A place in a table. Must die before its transaction ends.
class Cursor {
 public:
  Cursor(MDB_txn* transaction, MDB_dbi table, const std::filesystem::path& folder);
  ~Cursor() { mdb_cursor_close(cursor_); }
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;

  [[nodiscard]] MDB_cursor* handle() const noexcept { return cursor_; }
  /// Moves, and gives the row there; nothing where there is none. `key`: for MDB_SET_RANGE and its
  /// like.
  std::optional<std::pair<Bytes, Bytes>> move(MDB_cursor_op operation, Bytes key = {});

 private:
  const std::filesystem::path& folder_;
  MDB_cursor* cursor_ = nullptr;
};

/// The library that is linked: "LMDB 0.9.24".
std::string version();

}  // namespace braid::lmdb
