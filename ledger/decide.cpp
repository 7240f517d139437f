#include "ledger/decide.hpp"

#include <algorithm>

#include "events/native_rows.hpp"
#include "ledger/authority.hpp"
#include "ledger/budget.hpp"
#include "ledger/outcome.hpp"
#include "ledger/payment.hpp"
#include "ledger/person.hpp"
#include "ledger/plan.hpp"
#include "ledger/pool.hpp"
#include "ledger/purchase.hpp"
#include "ledger/refusals.hpp"
#include "ledger/registry.hpp"
#include "ledger/rules/rule.hpp"
#include "ledger/signing_key.hpp"

namespace braid::ledger {

namespace {

tl::expected<std::vector<Posting>, Refusal> postings_of_event(const Context& context) {
  Legs legs(context);
  visit(context.event.getBody(), [&](auto body) { post(context, body, legs); });
  return std::move(legs).finish();
}

/// The gate of idempotency: an identifier stands for the same bytes for ever.
std::optional<Decision> already_recorded(const State& state, const Submitted& submitted) {
  const auto id = read(submitted.event.getId());
  const auto* known = state.event_ids.find({id});
  if (known == nullptr) return std::nullopt;
  const auto original = state.original(id);
  check(original.has_value(), "an event whose identifier is known stands in the log");
  if (std::ranges::equal(original->event, submitted.bytes)) return AlreadyRecorded{known->sequence};
  return Refusal{
      "duplicate", "id",
      say("An event with identifier ", id, " and other content stands at ", known->sequence,
          ". To correct it, send a new event that names it in \"corrects\".")};
}

Decision judge(const Context& context) {
  const auto body = context.event.getBody();
  if (auto checked = visit(body, [&](auto typed) { return check_state(context, typed); }); !checked)
    return std::move(checked.error());
  auto legs = postings_of_event(context);
  const Asked asked(context, legs ? std::span<const Posting>(*legs) : std::span<const Posting>());
  auto flags = check_rules(asked);
  if (!flags) return std::move(flags.error());
  if (!legs) return std::move(legs.error());
  return Findings{std::move(*legs), std::move(*flags)};
}

/// Where a budget's money stands: which strands and years have a balance, oldest first.
void note_lot(State& state, const Posting& posting) {
  if (posting.subject.is_nil()) return;
  const auto* known = state.budgets.find({posting.subject});
  if (known == nullptr) return;
  const auto is_same = [&](const MoneyLot& lot) {
    return lot.year == posting.year && lot.strand == posting.strand;
  };
  if (std::ranges::any_of(known->lots, is_same)) return;
  auto& lots = state.budgets.change({posting.subject}).lots;
  const auto later =
      std::ranges::find_if(lots, [&](const MoneyLot& lot) { return lot.year > posting.year; });
  lots.insert(later, MoneyLot{posting.strand, posting.year});
}

void apply_posting(State& state, const Posting& posting) {
  auto& row = state.balances.change({posting.account, posting.subject, posting.year,
                                     posting.strand.organisation, posting.strand.sector,
                                     posting.strand.fund});
  row.pence = saturating_add(row.pence, posting.pence);  // exact: what would not fit was refused
  note_lot(state, posting);
}

}  // namespace

Decision decide(const State& state, const Submitted& submitted, const Moment& moment) {
  if (auto known = already_recorded(state, submitted)) return std::move(*known);
  Context context(state, submitted.event, moment);
  context.signed_with_own_key = is_own_key(context, submitted.key);
  if (auto may = check_authority(context, submitted); !may) return std::move(may.error());
  return judge(context);
}

void apply(State& state, const Record& record) {
  if (!record.followed)
    state.event_ids.change({read(record.event.getId())}).sequence = record.sequence;
  for (const auto& posting : record.postings) apply_posting(state, posting);
  visit(record.event.getBody(), [&](auto body) { apply(state, record, body); });
}

tl::expected<std::vector<Posting>, Refusal> postings(const State& state,
                                                     schema::Event::Reader event,
                                                     const Moment& moment) {
  return postings_of_event(Context(state, event, moment));
}

}  // namespace braid::ledger
