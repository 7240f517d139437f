#pragma once
#include <string>

#include "events/date.hpp"
#include "ledger/state.hpp"
#include "tools/braid/reading_ledger.hpp"

namespace braid::cli {

/// The rule book by which something was judged, and the day whose law it asked.
struct RuleBookThen {
  Date day;
  ledger::AdoptedRuleBook book;
  bool of_ledger = false;
  bool adopted = false;  ///< false: none was yet, and `book` is the first
};

/// The newest that this program knows, of no ledger.
RuleBookThen newest_rule_book(Date day);
/// By which a ledger judged on that day: as its register stood at the end of it.
RuleBookThen rule_book_of_day(const Ledger& ledger, Date day);
/// By which an entry was judged: as far as its partition had seen the register. Throws UsageError
/// where there is no such entry.
RuleBookThen rule_book_of_entry(const Ledger& ledger, const std::string& partition,
                                Sequence sequence);

}  // namespace braid::cli
