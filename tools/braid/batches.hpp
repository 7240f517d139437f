#pragma once
#include <functional>
#include <string>
#include <vector>

#include "events/submission.hpp"
#include "tools/braid/ledger.hpp"
#include "tools/braid/receipts.hpp"

namespace braid::cli {

/// A signed submission and what is in it.
struct SignedBatch {
  OwnedBytes framed;
  std::vector<SentEvent> events;
  bool of_register = false;
};

/// Cuts a stream of events into submissions: consecutive events of one publisher and partition,
/// within the limits of Submission and `max_events`, each signed with `key`. Order is kept.
class Batcher {
 public:
  /// Borrows all; they outlive it.
  Batcher(const Founding& founding, const SecretKey& key, std::size_t max_events,
          std::function<void(SignedBatch)> take);

  void add(OwnedBytes event);
  /// Hands over what is left.
  void finish();

 private:
  const Founding& founding_;
  const SecretKey& key_;
  std::size_t max_events_;
  std::function<void(SignedBatch)> take_;
  std::vector<OwnedBytes> events_;
  std::size_t bytes_ = 0;
  std::string publisher_;
  std::uint32_t partition_ = 0;
};

}  // namespace braid::cli
