#pragma once
#include <string>
#include <string_view>

#include "events/parsed.hpp"
#include "ledger/audit/evidence.hpp"

namespace braid::json {

/// An evidence file as text: the page in plain words, then lines of JSON
/// (ledger/schema/evidence.capnp) with entries, C2SP tlog-proofs and checkpoints in base64, for
/// other people's tools. The same evidence gives the same bytes.
class EvidenceFile {
 public:
  static constexpr std::size_t max_bytes = 512 << 20;

  static std::string write(const ledger::Evidence& evidence);
  /// Reads what `write` wrote and nothing else: a line that is changed, left out or put in is
  /// refused with its number, and so is a page that does not say what the entries say. Total;
  /// bounded by the file. Nothing about what it returns is checked yet: `check_evidence`.
  static Parsed<ledger::Evidence> read(std::string_view file);
};

}  // namespace braid::json
