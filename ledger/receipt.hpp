#pragma once
#include <vector>

#include "events/entry.hpp"
#include "events/finding.hpp"

namespace braid::ledger {

/// What a publisher is told of one event. True for ever: given only for what is durable.
struct Receipt {
  enum class Outcome { accepted, refused };

  Uuid event;
  Outcome outcome{};
  bool repeated = false;  ///< accepted before; what is said is what was said then
  std::uint32_t partition = 0;
  Sequence sequence = 0;          ///< of the accepted entry, or of the refusal
  Digest leaf;                    ///< that entry's leaf hash
  std::vector<Finding> findings;  ///< why refused; or what was flagged

  bool operator==(const Receipt&) const = default;
};

/// What was told when an entry was recorded, from the entry's own bytes. Pure. Of a refusal of
/// several events: what was told of the first.
Receipt receipt_of_accepted(std::uint32_t partition, Bytes entry);
Receipt receipt_of_refused(std::uint32_t partition, Bytes entry);

}  // namespace braid::ledger
