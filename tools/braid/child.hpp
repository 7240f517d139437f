#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
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

/// Runs `work` in a process of its own, so that a file that cannot even be read without a crash
/// ends the child alone, and waits. `look` is called now and then meanwhile. What `work` throws is
/// thrown here: UsageError, HistoryBroken, or IoFault with its sentence. Call it while this process
/// has no other threads and nothing of the ledger open.
ChildEnd run_in_child(const std::function<std::string(ChildProgress&)>& work,
                      const std::function<void(const ChildProgress&)>& look);

}  // namespace braid::cli
