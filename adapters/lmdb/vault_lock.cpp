#include "adapters/lmdb/vault_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <chrono>
#include <thread>

#include "adapters/lmdb/faults.hpp"

namespace braid::lmdb {
namespace {

constexpr std::chrono::milliseconds between_attempts{20};
constexpr int attempts = 1500;

}  // namespace

VaultLock::VaultLock(const std::filesystem::path& file)
    : path_(file), file_(file, O_RDWR | O_CREAT) {
  if (!file_.valid()) file_ = Descriptor(file, O_RDONLY);
}

void VaultLock::share() {
  if (file_.valid() && !wait_for(LOCK_SH))
    throw IoFault(path_.parent_path().string() +
                  ": another process has been writing this vault anew for half a minute; try again "
                  "when it has ended");
}

void VaultLock::take() {
  if (!file_.valid()) throw IoFault(path_.parent_path().string() + ": this vault is only read here");
  if (wait_for(LOCK_EX)) return;
  share();
  throw IoFault(path_.parent_path().string() +
                ": another process has been using this vault for half a minute; try again when it "
                "has ended");
}

bool VaultLock::wait_for(int operation) const {
  for (int attempt = 0; attempt < attempts; ++attempt) {
    if (::flock(file_.get(), operation | LOCK_NB) == 0) return true;
    if (errno != EWOULDBLOCK && errno != EINTR) throw_errno("lock", path_);
    std::this_thread::sleep_for(between_attempts);
  }
  return false;
}

}  // namespace braid::lmdb
