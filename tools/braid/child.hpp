#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

namespace braid::cli {

/// How far a child has come: in memory that both see.
struct ChildProgress {
  std::atomic<std::uint64_t> done{0};
  std::atomic<std::uint64_t> whole{0};
};

/// What became of a child: what it returned; or nothing, where a signal ended it.
struct ChildEnd {
  std::optional<std::string> said;
  int signal = 0;
  std::uint64_t done = 0;  ///< how far it had come
};

/// What a child does, and may tell of its progress.
using ChildWork = std::function<std::string(ChildProgress&)>;

/// Runs each of `works` in a process of its own, at most `at_once` of them at a time, and waits.
/// `look` is called now and then meanwhile with each one's progress, by its place in `works`;
/// `ended` with what became of each, in the order in which they end. What a child throws is thrown
/// by the function that `ended` is given. Call it while this process has no other threads and
/// nothing of the ledger open.
void run_in_children(std::span<const ChildWork> works, std::size_t at_once,
                     const std::function<void(std::size_t, const ChildProgress&)>& look,
                     const std::function<void(std::size_t, std::function<ChildEnd()>)>& ended);

/// Runs `work` in a process of its own, so that a file that cannot even be read without a crash
/// ends the child alone, and waits. `look` is called now and then meanwhile. What `work` throws is
/// thrown here: UsageError, HistoryBroken, or IoFault with its sentence. Call it while this process
/// has no other threads and nothing of the ledger open.
ChildEnd run_in_child(const ChildWork& work,
                      const std::function<void(const ChildProgress&)>& look);

}  // namespace braid::cli
