#pragma once
#include <variant>

#include "ledger/state.hpp"

namespace braid::ledger {

/// When, by which rules and on what knowledge an event is judged. All of it stands in the entry, so
/// an auditor can repeat it.
struct Moment {
  std::int64_t recorded_at_us = 0;
  std::uint16_t rule_book = 0;
  std::uint64_t register_size = 0;
};

/// The moment at which an entry was judged.
inline Moment moment_of(const EntryHead& head) {
  return {head.recorded_at_us, head.rule_book, head.register_size};
}

/// An event as it was submitted: whose signature, its bytes and their leaf hash. Borrows.
struct Submitted {
  std::string_view publisher;
  Digest key;                           ///< the public key's 32 bytes
  schema::Event::Reader event;
  Bytes bytes;
  Digest hash;
};

/// What the ledger found: where the money goes, and what breaks a rule although it is recorded.
struct Findings {
  std::vector<Posting> postings;
  std::vector<Finding> flags;
};

/// The event is in the history already, with these very bytes.
struct AlreadyRecorded {
  Sequence first = 0;
};

using Decision = std::variant<Findings, Refusal, AlreadyRecorded>;

/// Judges one event. Pure and total: state and arguments in, outcome out. The gates in their order,
/// the first that says no answers: idempotency, authority, state and rules (the gate of form comes
/// before: `check_form`); then postings.
Decision decide(const State& state, const Submitted& submitted, const Moment& moment);

/// Takes an accepted event into the state. Total: what was accepted applies. Reads nothing of the
/// register's tables for a place's event, so that a state that follows the register further than
/// the entry was judged comes out the same.
void apply(State& state, const Record& record);

/// The double entry of an event. Balanced: zero for every strand. Pure; refuses only what is
/// arithmetically impossible (a split of nothing, an overflow), with rule "arithmetic".
tl::expected<std::vector<Posting>, Refusal> postings(const State& state, schema::Event::Reader event,
                                                    const Moment& moment);

}  // namespace braid::ledger
