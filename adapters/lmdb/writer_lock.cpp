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

}  // namespace

WriterLock::WriterLock(const LedgerDirectory& ledger)
    : file_(ledger.writer_lock(), O_RDWR | O_CREAT) {
  auto path = ledger.writer_lock();
  if (!file_.valid()) throw_errno("write", ledger.root());
  if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) throw_errno("lock", path);
    std::string holder = read_file(path).value_or("");
    holder = holder.substr(0, holder.find('\n'));
    auto space = holder.find(' ');
    throw Fenced((space == std::string::npos ? "another process"
                                             : "process " + holder.substr(0, space) + " (" +
                                                   holder.substr(space + 1) + ")") +
                 " holds the ledger " + ledger.root().string() + "; submit through it or stop it");
  }
  // The lock holds whether or not its holder could be noted: a full disk is met, and told, where
  // something is recorded.
  std::string holder = std::to_string(::getpid()) + " " + own_command() + "\n";
  if (::ftruncate(file_.get(), 0) != 0 ||
      ::pwrite(file_.get(), holder.data(), holder.size(), 0) < 0)
    errno = 0;
}

}  // namespace braid::lmdb
