#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/lmdb/raii.hpp"
#include "events/table/row_store.hpp"

namespace braid::lmdb {

/// How many tables one store may have.
inline constexpr unsigned max_tables = 64;

/// The rows of a store at one moment, for any process. Borrowed bytes are good until `renew` or the
/// end of this object, and start where LMDB put them: at any even address, so copy a row to aligned
/// memory before reading it as words. Keep it for one question, then renew or drop it: its moment's
/// pages cannot be used again meanwhile.
class RowSnapshot final : public RowReader {
 public:
  /// Throws IoFault where there is no store.
  explicit RowSnapshot(const std::filesystem::path& folder);
  explicit RowSnapshot(std::shared_ptr<Environment> environment);
  ~RowSnapshot() override;

  /// Moves to the present moment.
  void renew();
  /// Lets go of the moment until the next question, which sees the present one.
  void release() noexcept;

  [[nodiscard]] std::optional<Bytes> get(std::string_view table, Bytes key) const override;
  void scan(std::string_view table, Bytes from,
            const std::function<bool(Bytes key, Bytes value)>& visit) const override;
  [[nodiscard]] std::optional<Bytes> last_key(std::string_view table) const override;
  [[nodiscard]] std::optional<Bytes> position() const override;

 private:
  void begin() const;
  [[nodiscard]] std::optional<MDB_dbi> find(std::string_view table) const;

  std::shared_ptr<Environment> environment_;
  mutable ReadTransaction transaction_;
  mutable std::vector<std::pair<std::string, std::optional<MDB_dbi>>> known_;  ///< at this moment
};

/// Copies the rows that are committed now into a new store, durably; others may write meanwhile.
/// Throws IoFault, StorageFull: throw away what is in `to` then.
void copy_rows(const std::filesystem::path& from, const std::filesystem::path& to);
/// Refuses a copy that is shorter than it was made, before it is opened: reading it would end this
/// process. Throws HistoryBroken, IoFault.
void check_copy(const std::filesystem::path& copy);

/// A store whose tables are named LMDB tables of one environment, the position in a table "meta".
/// Rows are read as of the last commit. Borrowed bytes are good until the next `commit`; unaligned,
/// see RowSnapshot. Thread: the writer's. Others, in this process too, take a RowSnapshot of the
/// same folder.
class RowStore final : public braid::RowStore {
 public:
  enum class Sync {
    each_commit,
    at_the_end,  ///< a rebuild: nothing is safe before `make_durable`, and the store is thrown away
                 ///< if that is not reached
  };

  /// Makes the folder and store where there is none. Throws IoFault, StorageFull, HistoryBroken.
  explicit RowStore(const std::filesystem::path& folder, Sync sync = Sync::each_commit,
                    EnvironmentOptions options = {});
  ~RowStore() override;

  [[nodiscard]] std::optional<Bytes> get(std::string_view table, Bytes key) const override;
  void scan(std::string_view table, Bytes from,
            const std::function<bool(Bytes key, Bytes value)>& visit) const override;
  [[nodiscard]] std::optional<Bytes> last_key(std::string_view table) const override;
  [[nodiscard]] std::optional<Bytes> position() const override;
  /// Rows above a table's last key are appended, which is many times faster: a fresh rebuild gives
  /// its rows in key order.
  void commit(std::span<const TableChanges> changes, Bytes position) override;

  /// The names of its tables.
  [[nodiscard]] std::vector<std::string> tables() const;
  /// Ends `at_the_end`: all commits so far are on the disk when it returns, and each later one by
  /// itself.
  void make_durable();
  /// For snapshots on other threads of this process.
  [[nodiscard]] std::shared_ptr<Environment> environment() const { return environment_; }

 private:
  std::shared_ptr<Environment> environment_;
  std::unique_ptr<RowSnapshot> rows_;
};

}  // namespace braid::lmdb
