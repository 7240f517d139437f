#include "events/date.hpp"
#include "events/form/kinds.hpp"
#include "events/form/shared.hpp"
#include "events/native_rows.hpp"

namespace braid::form {
namespace {

/// A birthday is `months` after another, where both are said.
void check_birthdays(Form& form, std::int32_t earlier, std::int32_t later, int months,
                     const Where& where) {
  if (Month{earlier}.is_none() || Month{later}.is_none()) return;
  form.expect(
      later - earlier == months, where,
      "The months of the 16th, 18th and 25th birthday are 2 and 7 years apart: check them.");
}

}  // namespace

void check(Form& form, Body<schema::PersonLinked> event) {
  check_birthdays(form, event.getTurns18(), event.getTurns25(), 7 * 12, "turns25");
  check_birthdays(form, event.getTurns16(), event.getTurns18(), 2 * 12, "turns16");
  check_birthdays(form, event.getTurns16(), event.getTurns25(), 9 * 12, "turns16");
}

void check(Form&, Body<schema::PersonDied>) {}
void check(Form&, Body<schema::ConsentGiven>) {}
void check(Form&, Body<schema::ConsentWithdrawn>) {}

void check(Form& form, Body<schema::RepresentativeAppointed> event) {
  form.expect(schema::read(event.getRepresentative()) != schema::read(event.getPerson()),
              "representative", "A representative is somebody else than the person.");
}

void check(Form& form, Body<schema::EligibilityRequested> event) {
  check_scheme(form, event.getScheme());
}
void check(Form& form, Body<schema::EligibilityDecided> event) {
  check_scheme(form, event.getScheme());
}

void check(Form& form, Body<schema::LiabilityReassigned> event) {
  form.expect(event.getFrom() != event.getTo(), "to",
              "Liability moves to another body than it comes from.");
  check_period(form, event.getSince(), event.getUntil(), "until");
}

void check(Form& form, Body<schema::BudgetRequested> event) {
  check_scheme(form, event.getScheme());
}
void check(Form&, Body<schema::RequestDecided>) {}
void check(Form&, Body<schema::EhcPlanIssued>) {}

void check(Form& form, Body<schema::LegalBasisRecorded> event) {
  if (Date{event.getUntil()}.is_none()) return;
  check_period(form, event.getFrom(), event.getUntil(), "until");
}

void check(Form&, Body<schema::IdentityOpened>) {}

void check(Form& form, Body<schema::IdentityErased> event) {
  form.expect(event.getBy() != schema::By::CARER, "by",
              "The person, a representative or the body asks for an erasure, not a carer as such.");
}

}  // namespace braid::form
