#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ledger/answer.hpp"
#include "tools/braid/output/format.hpp"

namespace braid::cli {

/// What a receipt's reader wants to know of the event itself.
struct SentEvent {
  Uuid id;
  Kind kind{};
};

/// Prints what became of each event, a line each, and adds up.
class ReceiptPrinter {
 public:
  struct Totals {
    std::uint64_t accepted = 0;
    std::uint64_t repeated = 0;  ///< of the accepted: they were in the history before
    std::uint64_t flagged = 0;   ///< of the accepted: recorded although they break a rule
    std::uint64_t refused = 0;
  };

  /// `quiet`: lines of receipts are left out.
  ReceiptPrinter(Format format, bool quiet) : format_(format), quiet_(quiet) {}

  /// The answer to the submission of `events`. Throws UsageError where it is malformed, Fault where
  /// it was not taken.
  void print(const std::vector<SentEvent>& events, const ledger::Answer& answer);
  /// "3 accepted (1 flagged, 1 recorded before), 1 refused".
  [[nodiscard]] std::string totals() const;
  [[nodiscard]] const Totals& counts() const { return totals_; }

 private:
  void count(const ledger::Receipt& receipt);
  void print_one(const SentEvent& event, const ledger::Receipt& receipt);
  void print_text(const SentEvent& event, const ledger::Receipt& receipt);
  void print_csv(const SentEvent& event, const ledger::Receipt& receipt);
  void print_json(const SentEvent& event, const ledger::Receipt& receipt);

  Format format_;
  bool quiet_;
  bool header_printed_ = false;
  Totals totals_;
};

}  // namespace braid::cli
