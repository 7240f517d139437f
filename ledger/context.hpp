#pragma once
#include <concepts>
#include <string_view>

#include "events/date.hpp"
#include "events/visit.hpp"
#include "ledger/decide.hpp"

namespace braid::ledger {

/// The rule book since which a succession has its day in both directions (before it the successor
/// does not yet act, from it on the old body's keys sign nothing) and officers' own keys are theirs
/// alone. What an earlier book judged stays as it was judged.
inline constexpr std::uint16_t book_of_own_keys = 2;

/// Whether what is judged at this moment is judged by that rule book or a later one.
inline bool is_judged_by(const Moment& moment, std::uint16_t book) {
  return moment.rule_book >= book;
}

/// What everything that judges an event is told: the state before it, its head, and when it is
/// judged. Borrows.
struct Context {
  Context(const State& state, schema::Event::Reader event, const Moment& moment);

  const State& state;
  schema::Event::Reader event;
  const Moment& moment;
  std::string_view publisher;  ///< ODS code
  std::string_view officer;    ///< of the publisher; may be empty
  Date recorded;               ///< the day on which the ledger learns of it
  Date effective;              ///< the day that the event names
  Mood mood;
  /// Whether the officer signed in person: `decide` says.
  bool signed_with_own_key = false;

  /// The day by whose law the event is judged: an intention's is today's, a report's its own.
  [[nodiscard]] Date judged_on() const { return mood == Mood::intention ? recorded : effective; }
};

/// The answer of a gate: nothing to say against it, or why not.
using Checked = tl::expected<void, Refusal>;

/// Satisfied by the reader of one of these kinds: how a family names, once, the kinds that have
/// nothing to do here, so that the compiler still asks about every new kind.
template <class Reader, class... Kinds>
concept AnyOf = (std::same_as<Reader, typename Kinds::Reader> || ...);

/// A text of a message, borrowed.
inline std::string_view view(capnp::Text::Reader text) { return {text.cStr(), text.size()}; }

/// Whether one of a message's list does; the standard algorithms do not take these lists.
template <class List, class Predicate>
bool any_of(List list, Predicate does) {
  for (const auto each : list)
    if (does(each)) return true;
  return false;
}

/// Whether a stored strand is the one that an event names, without a copy.
inline bool is(const Strand& strand, schema::Strand::Reader named) {
  return strand.sector == named.getSector() &&
         strand.organisation == view(named.getOrganisation()) &&
         strand.fund == view(named.getFund());
}

/// Whether `publisher` speaks for `organisation`: it is that organisation, or has succeeded it, at
/// one or more removes, and each succession's day has come. Of the register: for judging only,
/// never for `apply`. Rule book 1 did not wait for the day.
bool acts_for(const State& state, std::string_view publisher, std::string_view organisation,
              const Moment& moment);
inline bool is_own(const Context& context, std::string_view organisation) {
  return acts_for(context.state, context.publisher, organisation, context.moment);
}
inline bool is_own(const Context& context, schema::Strand::Reader strand) {
  return is_own(context, view(strand.getOrganisation()));
}

/// A body of the NHS: CCG, ICB, NHS England, or a trust. Nothing known of it: no.
bool is_nhs_body(const State& state, std::string_view organisation);

/// The financial year in which money of `organisation` without a year of its own posts that moves
/// on this day: the day's, or that of the first open day where its books are closed. Of the
/// register: for judging only.
std::uint16_t posting_year(const Context& context, std::string_view organisation, Date on);

/// a + b, or the nearest that 64 bits hold: for running totals in rows, which only ever serve
/// comparisons.
std::int64_t saturating_add(std::int64_t a, std::int64_t b) noexcept;

}  // namespace braid::ledger
