#include "adapters/files/master_key_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "adapters/files/descriptor.hpp"
#include "adapters/files/key_file.hpp"
#include "events/faults.hpp"

namespace braid::files {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::string_view to, const fs::path& file) {
  throw IoFault(file.string() + ": the vault's master key cannot be " + std::string(to) + ": " +
                std::generic_category().message(errno));
}

fs::path resolved(const fs::path& file) {
  std::error_code none;
  const auto real = fs::canonical(file, none);
  return none ? file : real;
}

fs::path beside(fs::path file, std::string_view ending) { return file += ending; }

void sync_folder_of(const fs::path& file) {
  const auto folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.is_open() || ::fsync(opened.get()) != 0) fail("made durable", file);
}

bool is_there(const fs::path& file) { return ::access(file.c_str(), F_OK) == 0; }

bool are_one_file(const fs::path& a, const fs::path& b) {
  struct stat first{}, second{};
  return ::stat(a.c_str(), &first) == 0 && ::stat(b.c_str(), &second) == 0 &&
         first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

void remove_name(const fs::path& file) {
  if (::unlink(file.c_str()) != 0 && errno != ENOENT) fail("removed", file);
  sync_folder_of(file);
}

/// Writes over what a file holds, durably, and removes it.
void destroy_file(const fs::path& file) {
  if (!is_there(file)) return;
  {
    const Descriptor out(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
    struct stat status{};
    if (!out.is_open() || ::fstat(out.get(), &status) != 0) fail("overwritten", file);
    const std::string nothing(static_cast<std::size_t>(status.st_size), '0');
    if (::pwrite(out.get(), nothing.data(), nothing.size(), 0) !=
            static_cast<ssize_t>(nothing.size()) ||
        ::fsync(out.get()) != 0)
      fail("overwritten", file);
  }
  remove_name(file);
}

}  // namespace

MasterKeyFile::MasterKeyFile(const fs::path& file)
    : file_(resolved(file)), next_(beside(file_, ".next")), retired_(beside(file_, ".retired")) {}

Parsed<SymmetricKey> MasterKeyFile::current() {
  auto read = read_symmetric_key(file_);
  if (!read) return unreadable(std::move(read.error()));
  warning_ = std::move(read->warning);
  return std::move(read->key);
}

Parsed<std::optional<SymmetricKey>> MasterKeyFile::next() {
  if (!is_there(next_)) return std::nullopt;
  auto read = read_symmetric_key(next_);
  if (!read) return std::nullopt;  // cut by a kill while it was made: nothing was written under it
  return std::move(read->key);
}

bool MasterKeyFile::is_settled() { return !is_there(next_) && !is_there(retired_); }

Parsed<void> MasterKeyFile::can_change() {
  const auto folder = file_.has_parent_path() ? file_.parent_path() : fs::path(".");
  if (::access(file_.c_str(), W_OK) == 0 && ::access(folder.c_str(), W_OK | X_OK) == 0) return {};
  return unreadable(file_.string() +
                    ": the vault's master key changes whenever a person is erased, and this "
                    "process may not write it; run as its owner, where the file may be replaced");
}

SymmetricKey MasterKeyFile::prepare() {
  give_up();
  auto key = SymmetricKey::random();
  if (auto written = write_symmetric_key(next_, key); !written) throw IoFault(written.error());
  return key;
}

void MasterKeyFile::change() {
  destroy_retired();
  if (!is_there(next_)) return;
  if (::link(file_.c_str(), retired_.c_str()) != 0) fail("retired", file_);
  sync_folder_of(file_);
  if (::rename(next_.c_str(), file_.c_str()) != 0) fail("replaced", file_);
  sync_folder_of(file_);
  destroy_retired();
}

void MasterKeyFile::give_up() {
  destroy_retired();
  destroy_file(next_);
}

/// A kill may have left the old key under both names: then it is still today's.
void MasterKeyFile::destroy_retired() {
  if (are_one_file(file_, retired_))
    remove_name(retired_);
  else
    destroy_file(retired_);
}

}  // namespace braid::files
