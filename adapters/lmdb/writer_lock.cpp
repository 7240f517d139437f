#include "adapters/lmdb/writer_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "adapters/lmdb/faults.hpp"

namespace braid::lmdb {
namespace {

// "braid serve" of "/usr/bin/braid serve --ledger x": no options, which may name what is nobody's
// business.
std::string own_command() {
  std::string arguments = read_file("/proc/self/cmdline").value_or("");
  std::string program = arguments.substr(0, arguments.find('\0'));
  std::string command = std::filesystem::path(program).filename();
  if (program.size() + 1 < arguments.size()) {
    std::string first = arguments.c_str() + program.size() + 1;
    if (!first.empty() && first.front() != '-' && first.size() <= 32) command += " " + first;
  }
  std::replace_if(
      command.begin(), command.end(), [](unsigned char c) { return c < ' ' || c == 127; }, '?');
  return command.empty() ? "braid" : command;
}

/// Whom the lock file names.
std::string named_in(const std::filesystem::path& path) {
  std::string holder = read_file(path).value_or("");
  holder = holder.substr(0, holder.find('\n'));
  const auto space = holder.find(' ');
  if (space == std::string::npos) return "another process";
  return "process " + holder.substr(0, space) + " (" + holder.substr(space + 1) + ")";
}

}  // namespace

std::optional<std::string> WriterLock::holder(const LedgerDirectory& ledger) {
  const Descriptor file(ledger.writer_lock(), O_RDONLY);
  if (!file.valid() && errno == ENOENT) return std::nullopt;
  if (!file.valid()) throw_errno("read", ledger.writer_lock());
  if (::flock(file.get(), LOCK_SH | LOCK_NB) == 0) return std::nullopt;
  if (errno != EWOULDBLOCK) throw_errno("lock", ledger.writer_lock());
  return named_in(ledger.writer_lock());
}

WriterLock::WriterLock(const LedgerDirectory& ledger)
    : file_(ledger.writer_lock(), O_RDWR | O_CREAT) {
  auto path = ledger.writer_lock();
  if (!file_.valid()) throw_errno("write", ledger.root());
  if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) throw_errno("lock", path);
    throw Fenced(named_in(path) + " holds the ledger " + ledger.root().string() +
                 "; submit through it or stop it");
  }
  // The lock holds whether or not its holder could be noted: a full disk is met, and told, where
  // something is recorded.
  std::string holder = std::to_string(::getpid()) + " " + own_command() + "\n";
  if (::ftruncate(file_.get(), 0) != 0 ||
      ::pwrite(file_.get(), holder.data(), holder.size(), 0) < 0)
    errno = 0;
}

}  // namespace braid::lmdb
