#pragma once
#include <string>

namespace braid {

/// What a gate or a rule has to say about an event: why it is refused, or what is flagged.
struct Finding {
  std::string rule;      ///< "R29"; or the gate: "form", "authority", "duplicate", "arithmetic"
  std::string field;     ///< the field of the event, as in JSON: "shares[0].strand"
  std::string sentence;  ///< what is wrong and what to do, for a finance officer; at most 400 bytes; never a clear name

  bool operator==(const Finding&) const = default;
};

/// The world says no.
using Refusal = Finding;

}  // namespace braid
