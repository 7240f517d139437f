#pragma once
#include <sys/types.h>

#include <filesystem>
#include <ios>
#include <string>
#include <vector>

namespace braid::bench {

/// A `braid` command, built beside this program, as a process of its own; what it says goes to a
/// file. Killed, where it still runs, when this ends.
class BraidProcess {
 public:
  BraidProcess(const std::vector<std::string>& words, const std::filesystem::path& said);
  ~BraidProcess();
  BraidProcess(const BraidProcess&) = delete;
  BraidProcess& operator=(const BraidProcess&) = delete;

  /// kill -9, and waits for the end.
  void kill();
  /// Waits for the end by itself: throws, naming the file, where it is not well.
  void expect_done();
  /// What it has said so far.
  [[nodiscard]] std::string said() const;
  /// Of the processor, all its threads together.
  [[nodiscard]] double processor_seconds() const;

 private:
  pid_t pid_ = -1;
  std::filesystem::path said_;
  std::streamoff said_from_ = 0;  ///< what stands before that is an earlier process's
};

}  // namespace braid::bench
