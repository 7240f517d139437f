#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "events/date.hpp"
#include "events/kinds.hpp"
#include "ledger/refusals.hpp"

namespace braid::ledger {

/// What follows where a rule is broken. `refuse` refuses an intention; a report it flags. `flag`
/// always flags. `deadline` and `report` are kept by projections and never asked here; they are
/// listed so that `braid rules` shows all.
enum class Level { refuse, flag, deadline, report };

/// How sure we are of a rule's wording: read in the instrument, in its predecessor, or in a secondary source.
enum class Confidence { verified, older, secondary };

/// What a rule is asked: the state before the event, the event, its postings, and when.
struct Asked : Context {
  Asked(const Context& context, std::span<const Posting> event_postings)
      : Context(context), postings(event_postings) {}

  std::span<const Posting> postings;
};

/// How an event breaks a rule: where and why, for a finance officer. Nothing: it holds.
struct Breach {
  std::string field;
  std::string sentence;
};
using Verdict = std::optional<Breach>;
inline constexpr std::nullopt_t holds = std::nullopt;

/// A verdict of parts of a sentence (`say`).
template <class... Parts>
Verdict breaks(std::string field, const Parts&... parts) {
  return Breach{std::move(field), say(parts...)};
}

/// A rule is data: a row, and one pure function for each kind it looks at.
struct Rule {
  std::string_view id;           ///< "R29"; a rule asked of several kinds has a row for each
  Level level;
  Confidence confidence;
  /// In force from: an intention is judged by the day it is recorded, a report by its own.
  Date from;
  std::string_view sentence;     ///< what it demands
  std::string_view citation;     ///< instrument and provision
  std::optional<Kind> kind;      ///< asked of this kind; nothing for rules that projections keep
  Verdict (*function)(const Asked&);
  bool switched_on = true;       ///< false: only where a rule book adopts it (R14)
  std::uint16_t since_book = 1;  ///< the first version of the rule book that has this row
  std::uint16_t until_book = 0xffff;
};

/// The newest rule book that this program knows: the highest `since_book` of a row.
inline constexpr std::uint16_t newest_rule_book = 2;

/// Every rule, in the order in which they are asked. The order is part of the contract: the first
/// breach that refuses answers.
std::span<const Rule> rule_book();

/// Asks the rules about an event: the first refusal, or all flags. A flag that an approved
/// exception lifts is not raised.
tl::expected<std::vector<Finding>, Refusal> check_rules(const Asked& asked);

}  // namespace braid::ledger
