// Grants. Declared in pool.hpp.
#include "events/native_rows.hpp"
#include "ledger/known.hpp"
#include "ledger/pool.hpp"
#include "ledger/refusals.hpp"

namespace braid::ledger {

Checked check_state(const Context& context, Body<schema::GrantAwarded> body) {
  const Uuid id = read(body.getGrant());
  if (context.state.grants.find({id}) != nullptr) return known_already("grant", "grant", id);
  return fund_is_known(context, "strand", body.getStrand());
}

Checked check_state(const Context& context, Body<schema::GrantDrawn> body) {
  const Uuid id = read(body.getGrant());
  const auto* grant = context.state.grants.find({id});
  if (grant == nullptr) return unknown("grant", "grant", id);
  const auto left = grant->pence - grant->drawn;
  if (body.getPence() > left)
    return tl::unexpected(by_arithmetic("pence", pounds(body.getPence()), " cannot be drawn: ",
                                        pounds(left), " of grant ", id, " are left."));
  return {};
}

void post(const Context&, Body<schema::GrantAwarded> body, Legs& legs) {
  legs.move(allocation(), allocated(read(body.getGrant())), read(body.getStrand()), body.getYear(),
            body.getPence());
}

void post(const Context& context, Body<schema::GrantDrawn> body, Legs& legs) {
  const auto* grant = context.state.grants.find({read(body.getGrant())});
  if (grant != nullptr)
    legs.move(allocated(grant->grant), spent(grant->grant), grant->strand, grant->year,
              body.getPence());
}

void apply(State& state, const Record&, Body<schema::GrantAwarded> body) {
  auto& grant = state.grants.change({read(body.getGrant())});
  grant.strand = read(body.getStrand());
  grant.year = body.getYear();
  grant.pence = body.getPence();
}

void apply(State& state, const Record&, Body<schema::GrantDrawn> body) {
  if (auto* grant = state.grants.change_existing({read(body.getGrant())}))
    grant->drawn = saturating_add(grant->drawn, body.getPence());
}

}  // namespace braid::ledger
