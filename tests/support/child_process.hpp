#pragma once
#include <sys/types.h>

#include <functional>
#include <string>

namespace braid::support {

/// A process that runs `work` and ends with what it returns; 99 where it throws, with the text on
/// standard error. What it `say`s the parent hears line by line. Start it while this process has
/// one thread and no environment open.
class ChildProcess {
 public:
  /// Speaks to the parent, whole lines. In the child alone.
  using Say = std::function<void(const std::string& line)>;

  explicit ChildProcess(const std::function<int(const Say& say)>& work);
  /// Kills it where it still runs.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  [[nodiscard]] pid_t pid() const noexcept { return pid_; }
  /// The next line it said, without its end; waits for it. Empty when it will say no more.
  std::string hear();
  /// kill -9.
  void kill();
  /// Waits for its end: what `work` returned, or minus the signal that ended it.
  int wait();

 private:
  pid_t pid_ = -1;
  int heard_ = -1;
};

}  // namespace braid::support
