#include "adapters/lmdb/faults.hpp"

#include <lmdb.h>
#include <sys/resource.h>
#include <sys/statvfs.h>

#include <cerrno>
#include <string>

namespace braid::lmdb {
namespace {

std::string damaged(const std::filesystem::path& folder, int code) {
  return folder.string() + " is damaged (" + mdb_strerror(code) +
         "). What lies under log/ is the history: stop, keep the file as it is, and restore it "
         "from a copy or a mirror. "
         "Anything else is made from the log: remove the folder and project again";
}

std::string not_allowed(std::string_view doing, const std::filesystem::path& folder, int code) {
  return "cannot " + std::string(doing) + " " + folder.string() + ": " + mdb_strerror(code) +
         ". Run as the owner of the ledger, or copy the ledger to where you may write";
}

struct Room {
  std::uintmax_t free_bytes;
  bool limited;  ///< by the process's own limit on the size of files
};

Room room_for(const std::filesystem::path& folder) {
  struct statvfs about{};
  struct rlimit limit{};
  if (::statvfs(folder.c_str(), &about) != 0) about = {};
  if (::getrlimit(RLIMIT_FSIZE, &limit) != 0) limit.rlim_cur = RLIM_INFINITY;
  return {std::uintmax_t{about.f_bavail} * about.f_frsize, limit.rlim_cur != RLIM_INFINITY};
}

[[noreturn]] void throw_full(const std::filesystem::path& folder, Room room) {
  throw StorageFull(
      "no room on " + folder.string() + ": " + std::to_string(room.free_bytes) + " bytes free" +
      (room.limited ? ", and this process may not write files above its limit (ulimit -f)" : "") +
      "; make room and send again; nothing was recorded");
}

// LMDB reports a write cut short by a full disk as EIO.
bool looks_full(Room room) {
  constexpr std::uintmax_t little_bytes = 64 << 20;
  return room.limited || room.free_bytes < little_bytes;
}

}  // namespace

void throw_fault(int code, std::string_view doing, const std::filesystem::path& folder) {
  switch (code) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      throw_full(folder, room_for(folder));
    case EROFS:
    case EACCES:
    case EPERM:
      throw IoFault(not_allowed(doing, folder, code));
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_INVALID:
      throw HistoryBroken(damaged(folder, code));
    case MDB_VERSION_MISMATCH:
      throw IoFault(
          folder.string() +
          " was written, or is in use, by another version of LMDB; use the braid that wrote it");
    case MDB_PANIC:
      throw IoFault("the last step of a write to " + folder.string() +
                    " failed earlier; start this program again");
    case MDB_READERS_FULL:
      throw IoFault(folder.string() +
                    " has as many readers as it allows; end some of the programs that read it");
    case EIO:
      if (auto room = room_for(folder); looks_full(room)) throw_full(folder, room);
      [[fallthrough]];
    default:
      throw IoFault("cannot " + std::string(doing) + " " + folder.string() + ": " +
                    mdb_strerror(code));
  }
}

void throw_errno(std::string_view doing, const std::filesystem::path& path) {
  throw_fault(errno, doing, path);
}

}  // namespace braid::lmdb
