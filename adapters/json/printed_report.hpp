#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/parsed.hpp"

namespace braid::json {

/// A report as `braid report --format json` printed it, or of one in CSV the statement in its last
/// record. Only what it takes to make it again; nothing of it is believed.
struct PrintedReport {
  static constexpr std::size_t max_bytes = 256 << 20;

  /// How far a partition was read.
  struct Position {
    std::string partition;
    std::uint64_t size = 0;
    std::string root;
    std::uint64_t behind = 0;
    std::uint64_t checkpoint_size = 0;
    std::string checkpoint_root;  ///< empty: there was none
    std::string digest;           ///< of the views' rows; empty: not stated
  };

  std::string ledger;
  std::string report;
  std::string subject;
  std::string on;
  std::string views;
  std::vector<Position> positions;
  std::vector<std::string> columns;            ///< of the first row
  std::vector<std::vector<std::string>> rows;  ///< texts as they are, other values as in JSON

  /// Reads untrusted text: JSON (RFC 8259) and nothing after it. A sentence where it is no report
  /// that states what it was made of. Total; bounded by the text.
  static Parsed<PrintedReport> read(std::string_view text);
};

}  // namespace braid::json
