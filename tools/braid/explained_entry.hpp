#pragma once
#include <string>

#include "adapters/json/entry_json.hpp"
#include "ledger/audit/gather_evidence.hpp"
#include "ledger/audit/signed_submission.hpp"

namespace braid::cli {

/// An entry and all that it rests on, down to the bytes that were signed.
struct ExplainedEntry {
  ledger::EntryPlace place;
  OwnedBytes bytes;  ///< as the log holds them
  /// Its submission, and which of its events this answers. Nothing: a whole submission that its key
  /// gave no say, or that came again.
  std::optional<ledger::SignedSubmission> submission;
  std::uint32_t index = 0;
  std::string moved;  ///< of a figure: "0.00 -> 412.60"; may be empty
};

/// Throws HistoryBroken where the history does not hold it as it should.
ExplainedEntry explain(const EntrySource& source, const ledger::EntryPlace& place);

/// In lines for people: what was said and by whom, what moved, what was found; then hash, batch,
/// key, signature, leaf. Whether the signature holds is checked here. `ledger`: its name.
std::string text_of(const ExplainedEntry& entry, std::string_view ledger);

/// The same as a JSON object; the event whole.
std::string json_of(const ExplainedEntry& entry, std::string_view ledger,
                    const json::EntryJson& encoder);

}  // namespace braid::cli
