#include "adapters/lmdb/durable_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "adapters/lmdb/faults.hpp"

namespace braid::lmdb {
namespace {

void sync_path(const std::filesystem::path& path) {
  Descriptor opened(path, O_RDONLY);
  if (!opened.valid() || ::fsync(opened.get()) != 0) throw_errno("sync", path);
}

void write_all(const Descriptor& file, std::string_view text, const std::filesystem::path& path) {
  while (!text.empty()) {
    ssize_t written = ::write(file.get(), text.data(), text.size());
    if (written < 0 && errno != EINTR) throw_errno("write", path);
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

Descriptor::Descriptor(const std::filesystem::path& path, int flags) noexcept
    : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}
Descriptor::Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

void make_folder(const std::filesystem::path& folder) {
  if (::mkdir(folder.c_str(), 0700) == 0) return sync_folder(folder);
  if (errno == ENOENT && folder.has_parent_path() && folder.parent_path() != folder) {
    make_folder(folder.parent_path());
    if (::mkdir(folder.c_str(), 0700) == 0) return sync_folder(folder);
  }
  if (errno == EEXIST && std::filesystem::is_directory(folder)) return;
  throw_errno("make", folder);
}

void sync_folder(const std::filesystem::path& folder) {
  sync_path(folder);
  auto parent = std::filesystem::absolute(folder).parent_path();
  if (::access(parent.c_str(), R_OK) == 0)
    sync_path(parent);  // a home folder's parent may be closed to us
}

void replace_file(const std::filesystem::path& file, std::string_view text) {
  auto fresh = file;
  fresh += ".new";
  {
    Descriptor out(fresh, O_WRONLY | O_CREAT | O_TRUNC);
    if (!out.valid()) throw_errno("write", fresh);
    write_all(out, text, fresh);
    if (::fsync(out.get()) != 0) throw_errno("sync", fresh);
  }
  if (::rename(fresh.c_str(), file.c_str()) != 0) throw_errno("replace", file);
  sync_path(file.parent_path());
}

void remove_file(const std::filesystem::path& file) {
  if (::unlink(file.c_str()) == 0) return sync_path(file.parent_path());
  if (errno != ENOENT) throw_errno("remove", file);
}

void destroy_file(const std::filesystem::path& file) {
  {
    const Descriptor out(file, O_WRONLY);
    if (!out.valid() && errno == ENOENT) return;
    struct stat status{};
    if (!out.valid() || ::fstat(out.get(), &status) != 0) throw_errno("overwrite", file);
    const std::string nothing(std::size_t{1} << 16, '\0');
    for (off_t done = 0; done < status.st_size;) {
      const auto size = std::min(static_cast<off_t>(nothing.size()), status.st_size - done);
      const auto put = ::pwrite(out.get(), nothing.data(), static_cast<std::size_t>(size), done);
      if (put < 0 && errno != EINTR) throw_errno("overwrite", file);
      if (put > 0) done += put;
    }
    if (::fsync(out.get()) != 0) throw_errno("sync", file);
  }
  remove_file(file);
}

bool are_one_file(const std::filesystem::path& a, const std::filesystem::path& b) {
  struct stat first{}, second{};
  return ::stat(a.c_str(), &first) == 0 && ::stat(b.c_str(), &second) == 0 &&
         first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

std::optional<std::string> read_file(const std::filesystem::path& file, std::size_t max_bytes) {
  Descriptor in(file, O_RDONLY);
  if (!in.valid() && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (!in.valid()) throw_errno("read", file);
  std::string text(max_bytes, '\0');
  ssize_t got = ::read(in.get(), text.data(), text.size());
  if (got < 0) throw_errno("read", file);
  text.resize(static_cast<std::size_t>(got));
  return text;
}

}  // namespace braid::lmdb
