#pragma once
#include <memory>
#include <optional>

#include "events/parsed.hpp"
#include "events/symmetric_key.hpp"

namespace braid::ledger {

/// Where a vault's master key is kept, and changed: each destroyed key takes the master key of its
/// day with it, so that no earlier copy of the vault can be opened by today's. A change is made in
/// two steps, between which the vault is written anew, and may be killed at any instruction: then
/// the vault tells which of the two keys it was written under. Thread: whoever has the vault to
/// itself. Every call may throw StorageFull and IoFault (events/faults.hpp).
class MasterKey {
 public:
  virtual ~MasterKey() = default;

  /// Today's. A sentence where there is none.
  virtual Parsed<SymmetricKey> current() = 0;
  /// The one that is to follow it, where a change was begun.
  virtual Parsed<std::optional<SymmetricKey>> next() = 0;
  /// Whether nothing of a change is left to be finished.
  virtual bool is_settled() = 0;
  /// A sentence where the key cannot be changed here, and what to do.
  virtual Parsed<void> can_change() = 0;

  /// Begins a change: makes the one that is to follow, durable when this returns. One of a change
  /// that did not come about is destroyed first.
  virtual SymmetricKey prepare() = 0;
  /// Ends it: what was next is today's, and yesterday's is overwritten and gone. Durable. Of no
  /// effect where no change was begun, but for what a kill left half-done.
  virtual void change() = 0;
  /// Ends it otherwise: what was next is overwritten and gone.
  virtual void give_up() = 0;
};

}  // namespace braid::ledger
