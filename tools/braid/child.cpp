#include "tools/braid/child.hpp"

#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <new>

#include "adapters/lmdb/faults.hpp"
#include "events/faults.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
namespace {

constexpr int between_looks_ms = 100;

// The first byte of what a child says.
constexpr char returned = 'r';
constexpr char usage = 'u';
constexpr char broken = 'b';
constexpr char fault = 'f';

/// Memory that a child shares with its parent.
class SharedProgress {
 public:
  SharedProgress()
      : memory_(::mmap(nullptr, sizeof(ChildProgress), PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    if (memory_ == MAP_FAILED) lmdb::throw_errno("share memory for", "a child process");
    progress_ = new (memory_) ChildProgress();
  }
  ~SharedProgress() { ::munmap(memory_, sizeof(ChildProgress)); }
  SharedProgress(const SharedProgress&) = delete;
  SharedProgress& operator=(const SharedProgress&) = delete;

  [[nodiscard]] ChildProgress& get() const { return *progress_; }

 private:
  void* memory_;
  ChildProgress* progress_;
};

void tell(int pipe, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(pipe, text.data(), text.size());
    if (written < 0 && errno != EINTR) ::_exit(1);
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
}

[[noreturn]] void be_the_child(int pipe, const std::function<std::string(ChildProgress&)>& work,
                               ChildProgress& progress) {
  const rlimit no_dump{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_dump);  // a crash is an answer here
  try {
    tell(pipe, returned + work(progress));
  } catch (const UsageError& error) {
    tell(pipe, usage + std::string(error.what()));
  } catch (const HistoryBroken& error) {
    tell(pipe, broken + std::string(error.what()));
  } catch (const std::exception& error) {
    tell(pipe, fault + std::string(error.what()));
  }
  ::_exit(0);
}

std::string hear(int pipe, const std::function<void()>& look) {
  std::string said;
  std::array<char, 4096> buffer;
  for (;;) {
    pollfd waiting{pipe, POLLIN, 0};
    const auto ready = ::poll(&waiting, 1, between_looks_ms);
    look();
    if (ready <= 0) continue;
    const auto got = ::read(pipe, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return said;
    said.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) lmdb::throw_errno("wait for", "a child process");
  return status;
}

}  // namespace

ChildEnd run_in_child(const std::function<std::string(ChildProgress&)>& work,
                      const std::function<void(const ChildProgress&)>& look) {
  const SharedProgress shared;
  std::array<int, 2> pipe{};
  if (::pipe(pipe.data()) != 0) lmdb::throw_errno("make a pipe for", "a child process");
  std::fflush(nullptr);  // what is buffered is printed once
  const auto child = ::fork();
  if (child < 0) lmdb::throw_errno("start", "a child process");
  if (child == 0) {
    ::close(pipe[0]);
    be_the_child(pipe[1], work, shared.get());
  }
  ::close(pipe[1]);
  auto said = hear(pipe[0], [&] { look(shared.get()); });
  ::close(pipe[0]);
  const auto status = wait_for(child);
  ChildEnd end{
      .said = {}, .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0, .done = shared.get().done};
  if (end.signal != 0) return end;
  if (said.empty()) throw IoFault("a child process ended without a word");
  const auto sentence = said.substr(1);
  if (said.front() == usage) throw UsageError(sentence);
  if (said.front() == broken) throw HistoryBroken(sentence);
  if (said.front() == fault) throw IoFault(sentence);
  end.said = sentence;
  return end;
}

}  // namespace braid::cli
