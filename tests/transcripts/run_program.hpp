#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace braid::test {

/// What a program printed, and how it ended: its exit code, or minus the signal.
struct Ran {
  int exit = 0;
  std::string out;
  std::string err;
};

/// The folder of the `braid` that was built with these tests.
std::filesystem::path folder_of_braid();

/// Runs a shell command with `braid` on its PATH, in `folder`.
Ran run_shell(const std::string& command, const std::filesystem::path& folder);

/// A `braid` that goes on while the test does other things.
class Running {
 public:
  /// Its standard output is heard, its standard error goes to the file "err" in `folder`.
  Running(std::vector<std::string> words, const std::filesystem::path& folder);
  /// Kills it where it still runs.
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  /// The next line on its standard output; empty when there will be none.
  std::string hear();
  void signal(int number);
  /// Its exit code, or minus the signal that ended it.
  int wait();
  [[nodiscard]] pid_t pid() const { return pid_; }
  /// Whether `wait` would return at once.
  [[nodiscard]] bool has_ended() const;

 private:
  pid_t pid_ = -1;
  int heard_ = -1;
};

}  // namespace braid::test
