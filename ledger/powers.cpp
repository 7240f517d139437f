#include "ledger/powers.hpp"

#include <vector>

#include "ledger/refusals.hpp"
#include "ledger/signing_key.hpp"

namespace braid::ledger {

namespace {

constexpr std::size_t most_holders_named = 3;

bool is_in_post(const State& state, std::string_view organisation, std::string_view officer,
                Date day) {
  const auto* row = state.officers.find({std::string(organisation), std::string(officer)});
  return row != nullptr && row->from <= day.days &&
         (Date{row->ended}.is_none() || day.days < row->ended);
}

Sectors sectors_of(const DelegationRow& row) {
  Sectors sectors;
  for (const auto sector : row.sectors) sectors.add(sector);
  return sectors;
}

bool lasts(const DelegationRow& row, Date day) {
  return row.from <= day.days && (Date{row.to}.is_none() || day.days <= row.to);
}

bool covers(const DelegationRow& row, const Decided& decided, Date day) {
  return lasts(row, day) && decided.pence <= row.limit && sectors_of(row).has_all(decided.sectors);
}

/// "power "approve" for socialCare up to GBP 18,850.00".
std::string what_is_needed(Power power, const Decided& decided) {
  return say("the power \"", name_of(power), "\"", decided.sectors.is_empty() ? "" : " for ",
             names_of(decided.sectors), decided.pence == 0 ? "" : " over ",
             decided.pence == 0 ? std::string() : pounds(decided.pence));
}

template <class... Parts>
tl::unexpected<Refusal> by_authority(const Parts&... parts) {
  return tl::unexpected(Refusal{"authority", "officer", say(parts...)});
}

/// Adds up the strands and amounts that a body names, whatever its fields are called.
class Sum {
 public:
  explicit Sum(const Context& context) : context_(context) {}

  void add(schema::Strand::Reader strand, std::int64_t pence) {
    if (is_own(context_, strand)) decided.sectors.add(strand.getSector());
    decided.pence = saturating_add(decided.pence, pence);
  }
  template <class List>
  void add_each(List list) {
    for (const auto each : list) {
      if constexpr (requires { each.getPence(); })
        add(each.getStrand(), each.getPence());
      else
        add(each.getStrand(), 0);
    }
  }

  Decided decided;

 private:
  const Context& context_;
};

template <class Body>
void add_money(Sum& sum, Body body) {
  if constexpr (requires { body.getAmounts(); })
    sum.add_each(body.getAmounts());
  else if constexpr (requires { body.getLines()[0].getStrand(); })
    sum.add_each(body.getLines());
  else if constexpr (requires { body.getPartners(); })
    sum.add_each(body.getPartners());
  else if constexpr (requires { body.getShares()[0].getStrand(); })
    sum.add_each(body.getShares());
  else if constexpr (requires {
                       body.getStrand();
                       body.getPence();
                     })
    sum.add(body.getStrand(), body.getPence());
  else if constexpr (requires { body.getPence(); })
    sum.decided.pence = body.getPence();
  else if constexpr (requires { body.getTotal(); })
    sum.decided.pence = body.getTotal();
}

}  // namespace

std::string_view name_of(Power power) {
  switch (power) {
    case Power::NONE:
      return "none";
    case Power::PROPOSE:
      return "propose";
    case Power::APPROVE:
      return "approve";
    case Power::BROKER:
      return "broker";
    case Power::PAY:
      return "pay";
    case Power::POOL:
      return "pool";
    case Power::SIGN:
      return "sign";
    case Power::SCRUTINISE:
      return "scrutinise";
  }
  return "unknown";
}

std::string names_of(Sectors sectors) {
  std::string names;
  for (auto number = 0u; number <= static_cast<unsigned>(Sector::PERSON); ++number) {
    if (!sectors.has(static_cast<Sector>(number))) continue;
    if (!names.empty()) names += " and ";
    append_part(names, static_cast<Sector>(number));
  }
  return names;
}

Decided decided_by(const Context& context) {
  Sum sum(context);
  visit(context.event.getBody(), [&](auto body) { add_money(sum, body); });
  return sum.decided;
}

Checked holds_power(const Context& context, Power power, const Decided& decided) {
  if (context.officer.empty())
    return by_authority("This needs an officer with ", what_is_needed(power, decided),
                        ". Name the officer who decided. ", holders_of(context, power, decided));
  const auto* row = context.state.delegations.find(
      {std::string(context.publisher), std::string(context.officer), power});
  if (row != nullptr && covers(*row, decided, context.recorded))
    return signs_as_asked(context, power, decided.pence);
  if (row == nullptr || !lasts(*row, context.recorded))
    return by_authority(context.officer, " does not hold ", what_is_needed(power, decided), " of ",
                        context.publisher, ". ", holders_of(context, power, decided));
  return by_authority(context.officer, " holds the power \"", name_of(power), "\" of ",
                      context.publisher, " for ", names_of(sectors_of(*row)), " up to ",
                      pounds(row->limit), "; this needs it for ",
                      decided.sectors.is_empty() ? "" : names_of(decided.sectors) + " over ",
                      pounds(decided.pence), ". ", holders_of(context, power, decided));
}

std::string holders_of(const Context& context, Power power, const Decided& decided) {
  const auto& state = context.state;
  const std::string organisation(context.publisher);
  std::vector<std::string_view> holders;
  if (const auto* row = state.powers.find({organisation, power}))
    for (const auto& officer : row->officers) {
      if (holders.size() == most_holders_named) break;
      const auto* delegation = state.delegations.find({organisation, officer, power});
      if (officer != context.officer && delegation != nullptr &&
          covers(*delegation, decided, context.recorded) &&
          is_in_post(state, organisation, officer, context.recorded))
        holders.push_back(officer);
    }
  if (holders.empty())
    return say("No other officer of ", organisation, " holds it: delegate it first.");
  std::string names(holders[0]);
  for (std::size_t i = 1; i < holders.size(); ++i)
    (names += i + 1 == holders.size() ? " and " : ", ") += holders[i];
  return say("Ask ", names, holders.size() == 1 ? ", who holds it." : ", who hold it.");
}

}  // namespace braid::ledger
