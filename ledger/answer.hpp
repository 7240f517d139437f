#pragma once
#include <string>
#include <variant>
#include <vector>

#include "ledger/sequencer.hpp"

namespace braid::ledger {

/// Nothing of the submission is recorded, and it was not its fault: why, and when to send again.
struct Unavailable {
  std::string sentence;

  bool operator==(const Unavailable&) const = default;
};

/// What a publisher is told of one submission: a receipt an event, in order; or why it is malformed
/// (nothing is recorded: mend it); or why it could not be taken (nothing is recorded: send it
/// again).
using Answer = std::variant<std::vector<Receipt>, Refusal, Unavailable>;

/// The longest answer that is read, in bytes: above what Submission::max_events receipts with
/// several findings each take.
inline constexpr std::size_t max_answer_bytes = 32 << 20;

/// As it travels: framed Cap'n Proto (schema::Answer). Deterministic.
OwnedBytes encode_answer(const Answer& answer);
/// A sentence where the bytes are no answer. Total on hostile bytes.
Parsed<Answer> decode_answer(Bytes framed);

}  // namespace braid::ledger
