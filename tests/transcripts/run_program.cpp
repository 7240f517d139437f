#include "tests/transcripts/run_program.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace braid::test {
namespace {

std::string read_all(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

int code_of(int status) { return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status); }

void redirect(int number, const std::filesystem::path& file, int flags) {
  const int opened = ::open(file.c_str(), flags, 0600);
  if (opened < 0 || ::dup2(opened, number) < 0) ::_exit(126);
}

[[noreturn]] void execute(const std::vector<std::string>& words,
                          const std::filesystem::path& folder) {
  std::vector<char*> arguments;
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  if (::chdir(folder.c_str()) != 0) ::_exit(126);
  ::setenv("PATH", (folder_of_braid().string() + ":/usr/bin:/bin").c_str(), 1);
  ::unsetenv("BRAID_LEDGER");
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

}  // namespace

std::filesystem::path folder_of_braid() {
  return std::filesystem::path(BRAID_PROGRAM).parent_path();
}

Ran run_shell(const std::string& command, const std::filesystem::path& folder) {
  const auto out = folder / ".out";
  const auto err = folder / ".err";
  const auto child = ::fork();
  if (child < 0) throw std::runtime_error("no process can be started");
  if (child == 0) {
    redirect(STDIN_FILENO, "/dev/null", O_RDONLY);
    redirect(STDOUT_FILENO, out, O_WRONLY | O_CREAT | O_TRUNC);
    redirect(STDERR_FILENO, err, O_WRONLY | O_CREAT | O_TRUNC);
    execute({"sh", "-c", command}, folder);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return {code_of(status), read_all(out), read_all(err)};
}

Running::Running(std::vector<std::string> words, const std::filesystem::path& folder) {
  std::array<int, 2> pipe{};
  if (::pipe(pipe.data()) != 0) throw std::runtime_error("no pipe can be made");
  words.insert(words.begin(), "braid");
  pid_ = ::fork();
  if (pid_ == 0) {
    ::dup2(pipe[1], STDOUT_FILENO);
    ::close(pipe[0]);
    ::close(pipe[1]);
    redirect(STDERR_FILENO, folder / "err", O_WRONLY | O_CREAT | O_APPEND);
    execute(words, folder);
  }
  ::close(pipe[1]);
  heard_ = pipe[0];
}

Running::~Running() {
  if (pid_ > 0) {
    signal(SIGKILL);
    wait();
  }
  ::close(heard_);
}

std::string Running::hear() {
  std::string line;
  for (char c = 0; ::read(heard_, &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

void Running::signal(int number) { ::kill(pid_, number); }

bool Running::has_ended() const {
  siginfo_t ended{};
  return ::waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         ended.si_pid == pid_;
}

int Running::wait() {
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return code_of(status);
}

}  // namespace braid::test
