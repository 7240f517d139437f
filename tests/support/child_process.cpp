#include "tests/support/child_process.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>
#include <utility>

namespace braid::support {
namespace {

int run(const std::function<int(const ChildProcess::Say&)>& work, int to_parent) {
  try {
    return work([&](const std::string& line) {
      std::string whole = line + "\n";
      if (::write(to_parent, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size()))
        ::_exit(98);
    });
  } catch (const std::exception& error) {
    std::fprintf(stderr, "child process: %s\n", error.what());
    return 99;
  }
}

}  // namespace

ChildProcess::ChildProcess(const std::function<int(const Say& say)>& work) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  pid_ = ::fork();
  if (pid_ == 0) {
    ::close(ends[0]);
    ::_exit(run(work, ends[1]));
  }
  ::close(ends[1]);
  heard_ = ends[0];
  if (pid_ < 0) throw std::runtime_error("no process");
}

ChildProcess::~ChildProcess() {
  kill();
  wait();
  ::close(heard_);
}

std::string ChildProcess::hear() {
  std::string line;
  char next = 0;
  while (::read(heard_, &next, 1) == 1 && next != '\n') line += next;
  return line;
}

void ChildProcess::kill() {
  if (pid_ > 0) ::kill(pid_, SIGKILL);
}

int ChildProcess::wait() {
  if (pid_ <= 0) return 0;
  int status = 0;
  ::waitpid(std::exchange(pid_, -1), &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace braid::support
