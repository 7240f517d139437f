#include "events/form/kinds.hpp"
#include "events/form/shared.hpp"
#include "events/native_rows.hpp"

namespace braid::form {
namespace {

template <class Amounts>
std::int64_t sum_of(Amounts amounts) {  // within 64 bits: few members, each within max_pence
  std::int64_t sum = 0;
  for (const auto amount : amounts) sum += amount.getPence();
  return sum;
}

/// A person's own money, and whose care it pays towards.
template <class Contribution>
void check_contribution(Form& form, Contribution event) {
  form.expect(event.getStrand().getSector() == schema::Sector::PERSON, "strand.sector",
              "A contribution is the person's own money: sector \"person\".");
  form.expect(event.getTowards().getSector() != schema::Sector::PERSON, "towards.sector",
              "A contribution pays towards care that a body arranges: name that body's strand.");
}

}  // namespace

void check(Form&, Body<schema::AccountApproved>) {}

void check(Form& form, Body<schema::InvoiceReceived> event) {
  form.expect(event.getIrrecoverableVat() <= event.getVat(), "irrecoverableVat",
              "The VAT that cannot be recovered is part of the VAT: at most that.");
  check_strands(form, event.getAmounts(), "amounts");
  form.expect(sum_of(event.getAmounts()) == event.getNet() + event.getIrrecoverableVat(), "amounts",
              "The amounts sum to net and irrecoverable VAT to the penny.");
  check_period(form, event.getFrom(), event.getTo());
}

void check(Form& form, Body<schema::PaymentInstructed> event) {
  check_strands(form, event.getAmounts(), "amounts");
}
void check(Form& form, Body<schema::PaymentSettled> event) {
  check_strands(form, event.getAmounts(), "amounts");
}
void check(Form& form, Body<schema::PaymentReturned> event) {
  check_strands(form, event.getAmounts(), "amounts");
}
void check(Form& form, Body<schema::AccountCredited> event) {
  check_strands(form, event.getAmounts(), "amounts");
}

void check(Form&, Body<schema::TransactionReported>) {}

void check(Form& form, Body<schema::RechargeRaised> event) {
  form.expect(event.getCreditor().getOrganisation() != event.getDebtor().getOrganisation(),
              "debtor.organisation", "A recharge is between two bodies.");
}

void check(Form&, Body<schema::RechargeSettled>) {}
void check(Form&, Body<schema::RepaymentNoticeIssued>) {}

void check(Form& form, Body<schema::Repaid> event) {
  check_strands(form, event.getAmounts(), "amounts");
}

void check(Form& form, Body<schema::ContributionReceived> event) {
  check_contribution(form, event);
}
void check(Form& form, Body<schema::ContributionRefunded> event) {
  check_contribution(form, event);
}

void check(Form&, Body<schema::PaymentsStopped>) {}

void check(Form& form, Body<schema::SpendListPublished> event) {
  check_period(form, event.getFrom(), event.getTo());
  form.expect(event.getRows() != 0, "rows", "A list has at least one row.");
  form.expect(schema::read(event.getReplaces()) != schema::read(event.getRun()), "replaces",
              "A list replaces an earlier one, not itself.");
}

void check(Form& form, Body<schema::SpendPublished> event) {
  form.expect(event.getRow() != 0, "row", "Rows are numbered from 1.");
  form.expect(!event.getRedacted() || !event.hasSupplierName(), "supplierName",
              "A redacted row names nobody: leave the name out.");
}

void check(Form&, Body<schema::EventReversed>) {}

}  // namespace braid::form
