#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <mutex>
#include <thread>

#include "adapters/lmdb/durable_file.hpp"
#include "adapters/lmdb/page_format.hpp"
#include "adapters/lmdb/raii.hpp"
#include "events/check.hpp"

namespace braid::lmdb {
namespace {

// Thrown inside Environment::write alone.
struct MapFull {};
struct MapResized {};

/// In the gate as long as it lives.
class Inside {
 public:
  explicit Inside(MapGate& gate) : gate_(gate) { gate_.enter(); }
  ~Inside() { gate_.leave(); }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

 private:
  MapGate& gate_;
};

constexpr auto patience_with_readers = std::chrono::seconds(10);
constexpr std::uint64_t commits_between_reader_checks = 1024;
constexpr unsigned max_readers = 254;

std::filesystem::path data_file(const std::filesystem::path& folder) { return folder / "data.mdb"; }

bool not_allowed(int code) { return code == EACCES || code == EROFS || code == EPERM; }

// The environments open in this process. LMDB's file locks break when a process opens a file twice.
class OpenEnvironments {
 public:
  template <class Make>
  std::shared_ptr<Environment> share(const std::string& folder, Make&& make) {
    std::unique_lock lock(mutex_);
    auto key = std::pair{::getpid(), folder};  // after a fork the child opens its own
    closed_.wait(lock, [&] {
      auto found = open_.find(key);
      return found == open_.end() || !found->second.expired();
    });
    if (auto found = open_.find(key); found != open_.end())
      if (auto environment = found->second.lock()) return environment;
    auto environment =
        std::shared_ptr<Environment>(make().release(), [this, key](Environment* closing) {
          std::lock_guard closing_lock(mutex_);
          delete closing;
          open_.erase(key);
          closed_.notify_all();
        });
    open_[key] = environment;
    return environment;
  }

 private:
  std::mutex mutex_;
  std::condition_variable closed_;
  std::map<std::pair<pid_t, std::string>, std::weak_ptr<Environment>> open_;
};

OpenEnvironments& open_environments() {
  static auto* environments =
      new OpenEnvironments;  // outlives whatever static holds an environment
  return *environments;
}

}  // namespace

struct Environment::Tables {
  mutable std::mutex mutex;
  std::map<std::string, MDB_dbi, std::less<>> open;
};

std::shared_ptr<Environment> Environment::open(const std::filesystem::path& folder,
                                               const EnvironmentOptions& options) {
  std::error_code ignored;
  auto whole = std::filesystem::weakly_canonical(folder, ignored);
  return open_environments().share(whole.string(), [&] {
    return std::unique_ptr<Environment>(new Environment(whole, options));
  });
}

bool Environment::exists(const std::filesystem::path& folder) {
  std::error_code ignored;
  auto bytes = std::filesystem::file_size(data_file(folder), ignored);
  return !ignored && bytes >= smallest_file_bytes;
}

Environment::Environment(std::filesystem::path folder, const EnvironmentOptions& options)
    : folder_(std::move(folder)),
      max_tables_(options.max_tables),
      tables_(std::make_unique<Tables>()) {
  bool made = !exists(folder_);
  if (made) make_folder(folder_);
  open_handle(options);
  try {
    if (made) sync_folder(folder_);
    clear_stale_readers();
    list_tables();
  } catch (...) {
    mdb_env_close(env_);
    throw;
  }
}

Environment::~Environment() { mdb_env_close(env_); }

int Environment::try_open(const EnvironmentOptions& options, unsigned flags) {
  expect_success(mdb_env_create(&env_), "open", folder_);
  mdb_env_set_mapsize(env_, options.map_bytes);
  mdb_env_set_maxdbs(env_, options.max_tables);
  mdb_env_set_maxreaders(env_, max_readers);
  int code = mdb_env_open(env_, folder_.c_str(), flags, 0600);
  if (code != 0) mdb_env_close(std::exchange(env_, nullptr));
  return code;
}

void Environment::open_handle(const EnvironmentOptions& options) {
  check_file_head(data_file(folder_));
  unsigned flags = MDB_NOTLS | (options.durable ? 0U : unsigned{MDB_NOSYNC});
  int code = try_open(options, flags);
  // Another process that opens or closes at the same moment can make this fail.
  for (int attempt = 0; attempt < 10 && (code == EAGAIN || code == MDB_INVALID); ++attempt) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    code = try_open(options, flags);
  }
  if (code == MDB_INVALID && !exists(folder_) && ::truncate(data_file(folder_).c_str(), 0) == 0)
    code =
        try_open(options, flags);  // whoever made it was stopped before anything could be recorded
  if (not_allowed(code)) {
    writable_ = false;
    code = try_open(options, flags | MDB_RDONLY);
  }
  if (not_allowed(code)) {
    warning_ = folder_.string() +
               " is read without telling its writer, for lack of rights to its lock.mdb; "
               "what is read while somebody writes may be reported as damaged";
    code = try_open(options, flags | MDB_RDONLY | MDB_NOLOCK);
  }
  expect_success(code, "open", folder_);
}

void Environment::clear_stale_readers() noexcept { mdb_reader_check(env_, nullptr); }

bool Environment::panicked() const noexcept {
  MDB_txn* probe = nullptr;
  int code = mdb_txn_begin(env_, nullptr, MDB_RDONLY, &probe);
  if (code == 0) mdb_txn_abort(probe);
  return code == MDB_PANIC;
}

void Environment::write(const std::function<void(WriteTransaction&)>& change) {
  if (!writable_) throw_fault(EACCES, "write to", folder_);
  if (++commits_ % commits_between_reader_checks == 0) clear_stale_readers();
  for (;;) {
    try {
      return commit_once(change);
    } catch (const MapFull&) {
      clear_stale_readers();
      grow_map();
    } catch (const MapResized&) {
      resize_map(0);
    }
  }
}

void Environment::commit_once(const std::function<void(WriteTransaction&)>& change) {
  const Inside inside(gate_);
  WriteTransaction transaction(*this);
  change(transaction);
  transaction.commit();
}

void Environment::grow_map() {
  MDB_envinfo info{};
  mdb_env_info(env_, &info);
  // LMDB unmaps first and is lost if the larger map is then refused: ask before.
  std::size_t bytes = info.me_mapsize * 2;
  void* probe =
      ::mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (probe == MAP_FAILED)
    throw StorageFull(folder_.string() + " needs " + std::to_string(bytes) +
                      " bytes of address space and this process may not have them (ulimit -v); "
                      "nothing was recorded");
  ::munmap(probe, bytes);
  resize_map(bytes);
}

void Environment::resize_map(std::size_t bytes) {
  int code = 0;
  if (!gate_.alone(patience_with_readers, [&] { code = mdb_env_set_mapsize(env_, bytes); }))
    throw StorageFull(
        "the memory map of " + folder_.string() +
        " must grow, and somebody in this process keeps reading; nothing was recorded; send again");
  expect_success(code, "enlarge the memory map of", folder_);
}

void Environment::sync() { expect_success(mdb_env_sync(env_, 1), "sync", folder_); }

void Environment::copy_to(const std::filesystem::path& folder) {
  make_folder(folder);
  {
    const Inside inside(gate_);
    expect_success(mdb_env_copy2(env_, folder.c_str(), MDB_CP_COMPACT), "copy rows from", folder_);
  }
  const Descriptor copy(data_file(folder), O_RDONLY);
  if (!copy.valid() || ::fsync(copy.get()) != 0) throw_errno("write to", folder);
  sync_folder(folder);
}

void Environment::make_durable() {
  sync();
  expect_success(mdb_env_set_flags(env_, MDB_NOSYNC, 0), "sync", folder_);
}

bool Environment::durable() const noexcept {
  unsigned flags = 0;
  return mdb_env_get_flags(env_, &flags) == 0 && (flags & MDB_NOSYNC) == 0;
}

std::optional<MDB_dbi> Environment::table(std::string_view name) const {
  std::lock_guard lock(tables_->mutex);
  auto found = tables_->open.find(name);
  if (found == tables_->open.end()) return std::nullopt;
  return found->second;
}

std::size_t Environment::known_tables() const {
  std::lock_guard lock(tables_->mutex);
  return tables_->open.size();
}

std::vector<std::string> Environment::table_names() const {
  std::lock_guard lock(tables_->mutex);
  std::vector<std::string> names;
  for (const auto& [name, table] : tables_->open) names.push_back(name);
  return names;
}

void Environment::list_tables() {
  std::lock_guard lock(tables_->mutex);
  ReadTransaction transaction(*this);
  MDB_dbi all{};
  expect_success(mdb_dbi_open(transaction.handle(), nullptr, 0, &all), "read", folder_);
  if (max_tables_ > 0) {
    Cursor cursor(transaction.handle(), all, folder_);
    for (auto row = cursor.move(MDB_FIRST); row; row = cursor.move(MDB_NEXT)) {
      std::string name(as_text(row->first));
      MDB_dbi opened{};
      expect_success(mdb_dbi_open(transaction.handle(), name.c_str(), 0, &opened),
                     "open a table of", folder_);
      tables_->open.insert_or_assign(std::move(name), opened);
    }
  }
  transaction.keep_tables();
}

MDB_dbi Environment::create_table(std::string_view name) {
  MDB_dbi opened{};
  std::lock_guard lock(tables_->mutex);
  write([&](WriteTransaction& transaction) { opened = transaction.open_table(std::string(name)); });
  tables_->open.insert_or_assign(std::string(name), opened);
  return opened;
}

WriteTransaction::WriteTransaction(Environment& environment) : environment_(environment) {
  int code = mdb_txn_begin(environment.env_, nullptr, 0, &txn_);
  if (code == MDB_MAP_RESIZED) throw MapResized{};
  expect_success(code, "write to", environment.folder_);
}

WriteTransaction::~WriteTransaction() {
  if (txn_ != nullptr) mdb_txn_abort(txn_);
}

void WriteTransaction::expect(int code, std::string_view doing) const {
  if (code == MDB_MAP_FULL) throw MapFull{};
  expect_success(code, doing, environment_.folder_);
}

void WriteTransaction::commit() {
  int code = mdb_txn_commit(std::exchange(txn_, nullptr));
  if (code != 0 && environment_.panicked())
    throw OutcomeUnknown("the last step of a write to " + environment_.folder_.string() +
                         " failed (" + mdb_strerror(code) +
                         "): whether it is recorded is not known. Start again; what the log then "
                         "holds is what counts");
  expect(code, "record anything in");
}

}  // namespace braid::lmdb
