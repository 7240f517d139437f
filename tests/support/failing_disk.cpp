#include "tests/support/failing_disk.hpp"

#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace {

using braid::support::DiskFailure;

std::atomic<DiskFailure> planned = DiskFailure::none;

bool is_due(DiskFailure failure) {
  return planned.compare_exchange_strong(failure, DiskFailure::none);
}

}  // namespace

void braid::support::fail_disk(DiskFailure failure) { planned = failure; }

// What the executable defines goes before the C library's, for the libraries it loads too.
extern "C" ssize_t pwrite(int fd, const void* data, size_t size, off_t offset) {
  if (size < 200 && is_due(DiskFailure::small_write_fails)) {
    errno = EIO;
    return -1;
  }
  return static_cast<ssize_t>(::syscall(SYS_pwrite64, fd, data, size, offset));
}

extern "C" int fdatasync(int fd) {
  if (is_due(DiskFailure::sync_fails)) {
    errno = EIO;
    return -1;
  }
  return static_cast<int>(::syscall(SYS_fdatasync, fd));
}
