#include "tools/bench/braid_process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace braid::bench {

BraidProcess::BraidProcess(const std::vector<std::string>& words,
                           const std::filesystem::path& said)
    : said_(said) {
  if (std::filesystem::exists(said_))
    said_from_ = static_cast<std::streamoff>(std::filesystem::file_size(said_));
  const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "braid";
  std::vector<std::string> owned = {program.string()};
  owned.insert(owned.end(), words.begin(), words.end());
  std::vector<char*> arguments;
  for (auto& word : owned) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, said_.c_str(),
                                   O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  const auto failed =
      posix_spawn(&pid_, program.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error("cannot run " + program.string() + "; build it first");
}

BraidProcess::~BraidProcess() { kill(); }

void BraidProcess::kill() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

void BraidProcess::expect_done() {
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw std::runtime_error("a braid process failed; see " + said_.string());
}

std::string BraidProcess::said() const {
  std::ifstream file(said_);
  file.seekg(said_from_);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

double BraidProcess::processor_seconds() const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/stat");
  std::string line;
  std::getline(file, line);
  const auto after_name = line.rfind(')');
  if (after_name == line.npos) throw std::runtime_error("a sequencer has ended; see " + said_.string());
  std::istringstream fields(line.substr(after_name + 1));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

}  // namespace braid::bench
