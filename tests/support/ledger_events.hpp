#pragma once
#include <utility>

#include "tests/support/ledger_story.hpp"

// What people say in stories: a function a kind, with what matters in the story and what is usual
// for the rest. Things are named by words ("maya's plan"), people too.

namespace braid::test {

using Amounts = std::vector<std::pair<Strand, std::int64_t>>;

// The strands of the standard world (ledger_world.hpp).
extern const Strand care;          ///< the council's adult social care
extern const Strand schooling;     ///< its high-needs block
extern const Strand works;         ///< its capital
extern const Strand nhs;           ///< the integrated care board's continuing healthcare
extern const Strand contribution;  ///< what people pay themselves

// The register.
Said ledger_founded();
Said organisation_registered(std::string code, schema::OrganisationKind kind);
Said organisation_succeeded(std::string predecessor, std::string successor, std::string_view on);
Said officer_appointed(std::string officer);
Said officer_ended(std::string officer, std::string_view on);
Said delegated(std::string officer, schema::Power power, std::vector<schema::Sector> sectors,
               std::int64_t limit);
Said key_added(std::string organisation, std::string owner, std::string officer = "");
Said key_revoked(std::string organisation, std::string owner);
/// Said by the organisation itself.
Said own_key_limit_set(std::string organisation, schema::Power power, std::int64_t limit);
Said rule_book_adopted(std::uint16_t version, std::vector<std::string> switched_on = {});
Said period_closed(std::string_view through);
Said fund_registered(std::string fund, schema::Sector sector, bool capital = false);

// People.
Said person_linked(std::string name, std::int32_t turns16 = Month::none().months);
Said person_died(std::string name, std::string_view on);
Said consent_given(std::string name, schema::By by = schema::By::SELF, bool capacity = true);
Said consent_withdrawn(std::string name);
Said eligibility_requested(std::string request, std::string name, schema::Scheme scheme);
Said eligibility_decided(std::string request, std::string name, schema::Scheme scheme,
                         std::string delegated_to = "");
Said liability_reassigned(std::string name, std::string from, std::string to,
                          std::string_view since, std::string_view until);
Said budget_requested(std::string request, std::string name, schema::Scheme scheme);
Said request_decided(std::string request, std::string name);
/// Of the body's public task in health and social care, with no last day; say under which law.
Said basis_recorded(std::string name, std::string_view until = "");
Said consent_to_sharing(std::string name);
Said sharing_withdrawn(std::string name);
Said identity_opened(std::string name);
Said identity_erased(std::string name);

// Plans and approvals.
struct Line {
  Strand strand;
  std::int64_t pence = 0;
  schema::Category category = schema::Category::HOME_CARE;
  schema::Method method = schema::Method::NOTIONAL;
};
Said plan_proposed(std::string plan, std::string name, std::vector<Line> lines,
                   bool risks_agreed = true);
Said plan_signed_off(std::string plan);
Said approval_requested(std::string subject, schema::SubjectKind kind, Amounts amounts);
Said approval_given(std::string subject, Amounts amounts,
                    schema::SubjectKind kind = schema::SubjectKind::PLAN);
Said approval_refused(std::string subject, schema::SubjectKind kind = schema::SubjectKind::PLAN);
Said exception_approved(std::string rule, std::string subject, std::string_view until);
Said review_completed(std::string budget, std::string plan);

// Budgets.
Said budget_opened(std::string budget, std::string plan, std::string name, std::vector<Line> lines,
                   schema::Scheme scheme = schema::Scheme::JOINT_FUNDED);
/// Of 2026-27, all of it paid by the body, not chargeable; vary the rest with `vary`.
Said strand_agreed(std::string budget, Strand strand, std::int64_t pence);
Said chargeable_strand_agreed(std::string budget, Strand strand, std::int64_t adult_pays,
                              std::int64_t body_pays);
Said contribution_assessed(std::string budget, Amounts weekly);
Said budget_closed(std::string budget);
Said uplift_approved(std::string run, std::string proposed_by, std::uint32_t count,
                     std::int64_t total);
Said uplift_applied(std::string run, std::string budget, Strand strand, std::int64_t pence);
Said allocation_set(Strand strand, std::uint16_t year, std::int64_t pence);
Said allocation_varied(Strand strand, std::uint16_t year, std::int64_t change);

// Orders and payments.
Said supplier_registered(std::string supplier);
Said order_placed(std::string order, std::string budget, Amounts amounts, std::uint16_t line = 1);
Said order_ended(std::string order);
Said invoice_received(std::string invoice, std::string order, Amounts amounts);
Said payment_instructed(std::string payment, std::string budget, std::string invoice,
                        Amounts amounts);
Said direct_payment_instructed(std::string payment, std::string budget, std::string account,
                               Amounts amounts);
Said payment_settled(std::string payment, std::string budget, std::string invoice, Amounts amounts);
Said payment_returned(std::string payment, Amounts amounts);
Said account_approved(std::string account, std::string budget, bool auditable = true);
Said account_credited(std::string payment, std::string account, std::string budget,
                      Amounts amounts);
Said transaction_reported(std::string account, std::string budget, std::int64_t pence,
                          std::uint16_t line = 1);
Said repaid(std::string budget, Amounts amounts);
Said recharge_raised(std::string recharge, std::string budget, Strand creditor, Strand debtor,
                     std::int64_t pence);
Said recharge_settled(std::string recharge, std::int64_t pence);
Said contribution_received(std::string budget, Strand towards, std::int64_t pence);
Said contribution_refunded(std::string budget, Strand towards, std::int64_t pence);
Said event_reversed(const Uuid& event);
Said notice_issued(std::string notice, std::string budget, std::int64_t pence);
Said payments_stopped(std::string budget);
Said assistant_engaged(std::string budget, bool same_household);
Said spend_list_published(std::string run, std::uint32_t rows, std::string replaces = "");
Said spend_published(std::string run, std::uint32_t row);
Said outcome_reported(std::string plan, std::uint16_t outcome);
Said action_owned(std::string action);
Said action_done(std::string action);

// Pools and grants.
Said pool_proposed(std::string pool, std::vector<std::pair<Strand, std::uint32_t>> partners,
                   std::string host);
Said partner_signed(std::string pool);
Said contribution_committed(std::string pool, Strand strand, std::int64_t pence);
Said contribution_paid(std::string pool, Strand strand, std::int64_t pence);
Said scheme_added(std::string pool, std::string scheme, std::string owner, std::int64_t pence);
Said pool_spent(std::string pool, std::string scheme, std::int64_t pence);
Said risk_share_applied(std::string pool, std::int64_t variance, Amounts shares);
Said risk_share_settled(std::string pool, Strand strand, std::int64_t paid_to_host);
Said grant_awarded(std::string grant, Strand strand, std::int64_t pence);
Said grant_drawn(std::string grant, std::int64_t pence);

/// What is said, but with this done to its body as well: the hand on what the functions above take
/// for usual.
template <class Change>
Said vary(Said said, Change change) {
  said.fill = [fill = said.fill, change](schema::Event::Body::Builder body) {
    fill(body);
    change(body);
  };
  return said;
}

}  // namespace braid::test
