#pragma once
#include <deque>
#include <functional>

#include "tools/braid/batches.hpp"
#include "tools/braid/outlet.hpp"

namespace braid::cli {

/// Sends batches through an outlet and hands every answer over, several on the way at once. What
/// the register says and what places say is never on the way at the same time, so that all is
/// judged in the order of sending.
class Submitting {
 public:
  using Answered =
      std::function<void(const std::vector<SentEvent>& events, const ledger::Answer& answer)>;

  /// Borrows `outlet`, which must outlive it.
  Submitting(Outlet& outlet, Answered answered) : outlet_(outlet), answered_(std::move(answered)) {}

  void send(SignedBatch batch);
  /// Waits for all answers.
  void finish();

 private:
  void take_one();

  Outlet& outlet_;
  Answered answered_;
  std::deque<std::vector<SentEvent>> on_the_way_;
  bool of_register_ = false;
};

}  // namespace braid::cli
