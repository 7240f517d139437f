#include "tests/support/failing_disk.hpp"

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace {

using braid::support::DiskFailure;

std::atomic<DiskFailure> planned = DiskFailure::none;
std::atomic<int> changes_left = 0;

bool is_due(DiskFailure failure) {
  return planned.compare_exchange_strong(failure, DiskFailure::none);
}

void die_if_due() {
  if (changes_left.load() != 0 && changes_left.fetch_sub(1) == 1) ::_exit(braid::support::died);
}

template <class... Arguments>
int call(long number, Arguments... arguments) {
  die_if_due();
  return static_cast<int>(::syscall(number, arguments...));
}

}  // namespace

void braid::support::fail_disk(DiskFailure failure) { planned = failure; }
void braid::support::die_at_change(int nth) { changes_left = nth; }

// What the executable defines goes before the C library's, for the libraries it loads too.
extern "C" ssize_t pwrite(int fd, const void* data, size_t size, off_t offset) {
  die_if_due();
  if (size < 200 && is_due(DiskFailure::small_write_fails)) {
    errno = EIO;
    return -1;
  }
  return static_cast<ssize_t>(::syscall(SYS_pwrite64, fd, data, size, offset));
}

extern "C" ssize_t write(int fd, const void* data, size_t size) {
  die_if_due();
  return static_cast<ssize_t>(::syscall(SYS_write, fd, data, size));
}

extern "C" ssize_t writev(int fd, const struct iovec* parts, int count) {
  die_if_due();
  return static_cast<ssize_t>(::syscall(SYS_writev, fd, parts, count));
}

extern "C" int fdatasync(int fd) {
  if (is_due(DiskFailure::sync_fails)) {
    errno = EIO;
    return -1;
  }
  return call(SYS_fdatasync, fd);
}

extern "C" int fsync(int fd) { return call(SYS_fsync, fd); }
extern "C" int rename(const char* from, const char* to) noexcept {
  return call(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}
extern "C" int link(const char* from, const char* to) noexcept {
  return call(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}
extern "C" int unlink(const char* path) noexcept { return call(SYS_unlinkat, AT_FDCWD, path, 0); }
