#include "adapters/lmdb/slot_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "adapters/lmdb/faults.hpp"

namespace braid::lmdb {
namespace {

off_t place_of(std::uint64_t number) { return static_cast<off_t>(number * sizeof(Slot)); }

}  // namespace

SlotFile::SlotFile(std::filesystem::path file, bool writable)
    : path_(std::move(file)), file_(path_, writable ? O_RDWR | O_CREAT : O_RDONLY) {
  if (!file_.valid()) throw_errno("open", path_);
}

Slot SlotFile::read(std::uint64_t number) const {
  Slot slot{};
  for (std::size_t have = 0; have < slot.size();) {
    const auto got = ::pread(file_.get(), slot.data() + have, slot.size() - have,
                             place_of(number) + static_cast<off_t>(have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_errno("read", path_);
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  return slot;
}

void SlotFile::write(std::uint64_t number, const Slot& slot) {
  for (std::size_t done = 0; done < slot.size();) {
    const auto put = ::pwrite(file_.get(), slot.data() + done, slot.size() - done,
                              place_of(number) + static_cast<off_t>(done));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) throw_errno("write", path_);
    done += static_cast<std::size_t>(put);
  }
}

void SlotFile::sync() {
  if (::fdatasync(file_.get()) != 0) throw_errno("sync", path_);
}

}  // namespace braid::lmdb
