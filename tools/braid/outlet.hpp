#pragma once
#include <memory>

#include "ledger/answer.hpp"
#include "tools/braid/ledger.hpp"
#include "tools/braid/ledger_place.hpp"

namespace braid::cli {

/// Where submissions go: through the running `serve` of a ledger, or to this process as its writer.
/// Answers come in the order of what was sent. Thread: one.
class Outlet {
 public:
  /// Submissions sent and not yet answered, at most.
  static constexpr std::size_t max_in_flight = 8;

  virtual ~Outlet() = default;
  virtual void send(OwnedBytes framed) = 0;
  /// The answer to the oldest that has none yet; waits for it. Throws Fenced, IoFault where there
  /// will be none.
  virtual ledger::Answer receive() = 0;
};

/// Of a ledger in a directory. Throws Fenced, naming the process, where another one writes it that is
/// no `serve`; UsageError where the directory is a copy. Where this process becomes the writer, the
/// ledger's views follow while it lives.
std::unique_ptr<Outlet> open_outlet(const Ledger& ledger);
/// Of either kind: one on Kafka is reached through the `serve` that keeps the data folder, if one
/// does, or through the topics. Borrows `ledger`.
std::unique_ptr<Outlet> open_outlet(const LedgerPlace& place, const Ledger& ledger);

}  // namespace braid::cli
