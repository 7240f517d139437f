#include "events/form/kinds.hpp"
#include "events/form/shared.hpp"

namespace braid::form {

void check(Form& form, Body<schema::PoolAgreementProposed> event) {
  const auto partners = event.getPartners();
  form.expect(partners.size() >= 2, "partners", "A pool has at least two partners.");
  check_strands(form, partners, "partners");
  check_shares(form, partners, "partners",
               [](auto partner) { return partner.getPartsPerMillion(); });
  bool hosted = false;
  for (const auto partner : partners)
    hosted |= partner.getStrand().getOrganisation() == event.getHost();
  form.expect(hosted, "host", "The host is one of the partners.");
  check_distinct(form, event.getItems(), "items", "item", [](auto item) { return item.getItem(); });
  check_some(form, event.getFunctions(), "functions");
  check_distinct(form, event.getFunctions(), "functions", {},
                 [](auto function) { return function; });
  check_period(form, event.getFrom(), event.getTo());
}

void check(Form&, Body<schema::PartnerSigned>) {}
void check(Form& form, Body<schema::ContributionCommitted> event) {
  check_year(form, event.getYear());
}
void check(Form& form, Body<schema::ContributionPaid> event) { check_year(form, event.getYear()); }
void check(Form&, Body<schema::SchemeAdded>) {}
void check(Form&, Body<schema::PoolSpent>) {}

void check(Form& form, Body<schema::RiskShareApplied> event) {
  check_year(form, event.getYear());
  check_strands(form, event.getShares(), "shares");
}

void check(Form&, Body<schema::RiskShareSettled>) {}
void check(Form& form, Body<schema::GrantAwarded> event) { check_year(form, event.getYear()); }
void check(Form&, Body<schema::GrantDrawn>) {}

}  // namespace braid::form
