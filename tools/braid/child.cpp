#include "tools/braid/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <new>
#include <vector>

#include "adapters/lmdb/faults.hpp"
#include "events/faults.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
namespace {

constexpr int between_looks_ms = 100;

// The first byte of what a child says.
constexpr char returned = 'r';
constexpr char usage = 'u';
constexpr char refused = 'n';
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

[[noreturn]] void be_the_child(int pipe, const ChildWork& work, ChildProgress& progress) {
  const rlimit no_dump{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_dump);  // a crash is an answer here
  try {
    tell(pipe, returned + work(progress));
  } catch (const UsageError& error) {
    tell(pipe, usage + std::string(error.what()));
  } catch (const Refused& error) {
    tell(pipe, refused + std::string(error.what()));
  } catch (const HistoryBroken& error) {
    tell(pipe, broken + std::string(error.what()));
  } catch (const std::exception& error) {
    tell(pipe, fault + std::string(error.what()));
  }
  ::_exit(0);
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) lmdb::throw_errno("wait for", "a child process");
  return status;
}

/// A process that works, from its start to its end.
class Child {
 public:
  Child(std::size_t number, const ChildWork& work) : number_(number) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) lmdb::throw_errno("make a pipe for", "a child process");
    std::fflush(nullptr);  // what is buffered is printed once
    process_ = ::fork();
    if (process_ < 0) lmdb::throw_errno("start", "a child process");
    if (process_ == 0) {
      ::close(pipe[0]);
      be_the_child(pipe[1], work, shared_.get());
    }
    ::close(pipe[1]);
    pipe_ = pipe[0];
  }
  ~Child() { ::close(pipe_); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  [[nodiscard]] std::size_t number() const { return number_; }
  [[nodiscard]] int pipe() const { return pipe_; }
  [[nodiscard]] const ChildProgress& progress() const { return shared_.get(); }

  /// Takes what it says; false: it has said all.
  bool hear() {
    std::array<char, 4096> buffer;
    const auto got = ::read(pipe_, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) return true;
    if (got <= 0) return false;
    said_.append(buffer.data(), static_cast<std::size_t>(got));
    return true;
  }

  ChildEnd end() {
    const auto status = wait_for(process_);
    ChildEnd end{.said = {},
                 .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
                 .done = progress().done};
    if (end.signal != 0) return end;
    if (said_.empty()) throw IoFault("a child process ended without a word");
    const auto sentence = said_.substr(1);
    if (said_.front() == refused) throw Refused(sentence);
    if (said_.front() == usage) throw UsageError(sentence);
    if (said_.front() == broken) throw HistoryBroken(sentence);
    if (said_.front() == fault) throw IoFault(sentence);
    end.said = sentence;
    return end;
  }

 private:
  std::size_t number_;
  SharedProgress shared_;
  pid_t process_ = -1;
  int pipe_ = -1;
  std::string said_;
};

/// Waits until one has something to say, or for a look.
std::vector<pollfd> wait_for_any(const std::vector<std::unique_ptr<Child>>& children) {
  std::vector<pollfd> waiting;
  for (const auto& child : children) waiting.push_back({child->pipe(), POLLIN, 0});
  ::poll(waiting.data(), waiting.size(), between_looks_ms);
  return waiting;
}

}  // namespace

void run_in_children(std::span<const ChildWork> works, std::size_t at_once,
                     const std::function<void(std::size_t, const ChildProgress&)>& look,
                     const std::function<void(std::size_t, std::function<ChildEnd()>)>& ended) {
  std::vector<std::unique_ptr<Child>> running;
  std::size_t started = 0;
  while (started < works.size() || !running.empty()) {
    while (started < works.size() && running.size() < at_once) {
      running.push_back(std::make_unique<Child>(started, works[started]));
      ++started;
    }
    const auto waiting = wait_for_any(running);
    std::vector<std::unique_ptr<Child>> left;
    for (std::size_t i = 0; i < running.size(); ++i) {
      auto& child = running[i];
      look(child->number(), child->progress());
      if (waiting[i].revents == 0 || child->hear())
        left.push_back(std::move(child));
      else
        ended(child->number(), [&] { return child->end(); });
    }
    running = std::move(left);
  }
}

ChildEnd run_in_child(const ChildWork& work, const std::function<void(const ChildProgress&)>& look) {
  ChildEnd end;
  run_in_children(
      std::span(&work, 1), 1, [&](std::size_t, const ChildProgress& progress) { look(progress); },
      [&](std::size_t, const std::function<ChildEnd()>& ended) { end = ended(); });
  return end;
}

}  // namespace braid::cli
