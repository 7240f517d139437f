#include "ledger/context.hpp"

#include <limits>

namespace braid::ledger {

Context::Context(const State& state_before, schema::Event::Reader judged, const Moment& when)
    : state(state_before),
      event(judged),
      moment(when),
      publisher(view(judged.getPublisher())),
      officer(view(judged.getOfficer())),
      recorded(date_of(Instant{when.recorded_at_us})),
      effective{judged.getEffective()},
      mood(info_of(judged.getBody().which()).mood) {}

namespace {

/// A succession register can be written as a ring; nobody's history is this long.
constexpr int max_successions = 16;

/// Whether it has been succeeded, as far as this moment's rule book asks.
bool has_successors(const OrganisationRow& row, const Moment& moment) {
  return !is_judged_by(moment, book_of_own_keys) ||
         row.abolished <= date_of(Instant{moment.recorded_at_us}).days;
}

bool succeeds(const State& state, std::string_view publisher, std::string_view organisation,
              const Moment& moment, int left) {
  if (publisher == organisation) return true;
  if (left == 0) return false;
  const auto* row = state.organisations.find({std::string(organisation)});
  if (row == nullptr || !has_successors(*row, moment)) return false;
  for (const auto& successor : row->successors)
    if (succeeds(state, publisher, successor, moment, left - 1)) return true;
  return false;
}

}  // namespace

bool acts_for(const State& state, std::string_view publisher, std::string_view organisation,
              const Moment& moment) {
  return succeeds(state, publisher, organisation, moment, max_successions);
}

bool is_nhs_body(const State& state, std::string_view organisation) {
  using schema::OrganisationKind;
  const auto* row = state.organisations.find({std::string(organisation)});
  if (row == nullptr) return false;
  return row->kind == OrganisationKind::CCG || row->kind == OrganisationKind::ICB ||
         row->kind == OrganisationKind::NHS_ENGLAND || row->kind == OrganisationKind::TRUST;
}

std::uint16_t posting_year(const Context& context, std::string_view organisation, Date on) {
  const auto* row = context.state.organisations.find({std::string(organisation)});
  if (row != nullptr && !Date{row->closed_through}.is_none() && on.days <= row->closed_through)
    on.days = row->closed_through + 1;
  return static_cast<std::uint16_t>(financial_year(on));
}

std::int64_t saturating_add(std::int64_t a, std::int64_t b) noexcept {
  using Limits = std::numeric_limits<std::int64_t>;
  std::int64_t sum = 0;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return b > 0 ? Limits::max() : Limits::min();
}

}  // namespace braid::ledger
