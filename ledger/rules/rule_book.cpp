#include <array>
#include <chrono>
#include <vector>

#include "ledger/rules/approval.hpp"
#include "ledger/rules/authority.hpp"
#include "ledger/rules/contribution.hpp"
#include "ledger/rules/eligibility.hpp"
#include "ledger/rules/funding.hpp"
#include "ledger/rules/on.hpp"
#include "ledger/rules/payment_rules.hpp"
#include "ledger/rules/pool_rules.hpp"
#include "ledger/rules/privacy.hpp"
#include "ledger/rules/purchase_rules.hpp"

namespace braid::ledger {

namespace {

using namespace schema;

struct Row {
  std::string_view id;
  Level level;
  Confidence confidence;
  Date from;
  std::string_view sentence;
  std::string_view citation;
  Question question = nothing_asked;
  bool switched_on = true;
  std::uint16_t since_book = 1;
};

consteval Date day(int year, unsigned month, unsigned day_of_month) {
  const auto date =
      std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day_of_month};
  return {static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count())};
}

constexpr auto R = Level::refuse, F = Level::flag, D = Level::deadline, P = Level::report;
constexpr auto v = Confidence::verified, o = Confidence::older, s = Confidence::secondary;

constexpr Date pooling = day(2000, 4, 1);         // SI 2000/617
constexpr Date nhs_payments = day(2013, 8, 1);    // SI 2013/1617
constexpr Date nhs_duties = day(2013, 4, 1);      // SI 2012/2996
constexpr Date right_to_have = day(2014, 10, 1);  // its Part 6A
constexpr Date children = day(2014, 9, 1);        // Children and Families Act 2014 Part 3
constexpr Date care_act = day(2015, 4, 1);        // Care Act 2014 Part 1
constexpr Date better_care = day(2015, 4, 1);
constexpr Date executive = day(2012, 9, 10);   // SI 2012/2089
constexpr Date officers = day(2014, 8, 6);     // SI 2014/2095
constexpr Date protection = day(2018, 5, 25);  // UK GDPR, Data Protection Act 2018
constexpr Date always = day(2000, 1, 1);

// The order is the order in which rules are asked: the law by number, then what local policy
// watches. A row with a level of R or F and no question is kept elsewhere: by the shape of the
// events, or by a gate (README.md lists which and where).
// clang-format off
constexpr auto book = std::to_array<Row>({
    // NHS direct payments
    {"R01", R, v, nhs_payments, "Only a health body decides a direct payment for health care",
     "NHS Act 2006 ss.12A-12D; SI 2013/1617 reg 2", on<RequestDecided, health_body_decides>()},
    {"R01", R, v, nhs_payments, "Only a health body decides a direct payment for health care",
     "NHS Act 2006 ss.12A-12D; SI 2013/1617 reg 2", on<BudgetOpened, health_body_decides>()},
    {"R02", R, v, nhs_payments, "Delivery may be delegated; the deciding body stays responsible: both are recorded",
     "SI 2013/1617 reg 16"},
    {"R03", R, v, nhs_payments, "A child is under 16; from 16 on, with capacity, people consent for themselves",
     "SI 2013/1617 regs 1(2), 4, 5", on<ConsentGiven, right_one_consents>()},
    {"R04", R, v, nhs_payments, "Without consent, or with consent withdrawn, payments stop",
     "SI 2013/1617 reg 17", on<PaymentInstructed, payment_has_consent>()},
    {"R04", R, v, nhs_payments, "Without consent, or with consent withdrawn, payments stop",
     "SI 2013/1617 reg 17", on<AccountCredited, credit_has_consent>()},
    {"R05", F, v, nhs_payments, "A nominee unsuitable, refusing or withdrawn: payments may stop", "SI 2013/1617 reg 17"},
    {"R06", F, v, nhs_payments, "Excluded persons are flagged only; the reason is never stored in clear", "SI 2013/1617 Schedule"},
    {"R07", D, v, nhs_payments, "A refusal has reasons; the person may require reconsideration", "SI 2013/1617 reg 7"},
    {"R08", R, o, nhs_payments, "Before the first payment: plan signed off, risks agreed, the full cost covered",
     "SI 2013/1617 reg 8 (read in SI 2010/1000)", on<PaymentInstructed, plan_precedes_payment>()},
    {"R09", D, v, nhs_payments, "A service left out of the plan is reconsidered on request, with reasons", "SI 2013/1617 reg 8"},
    {"R10", F, v, nhs_payments, "Family or friends of the same household are paid only by exception",
     "SI 2013/1617 reg 8(5A)-(5B)", on<TransactionReported, nhs_payee_of_other_household>()},
    {"R10", F, v, nhs_payments, "Family or friends of the same household are paid only by exception",
     "SI 2013/1617 reg 8(5A)-(5B)", on<PersonalAssistantEngaged, nhs_assistant_of_other_household>()},
    {"R11", R, o, nhs_payments, "Paid only into an approved, auditable account for direct payments and the like",
     "SI 2013/1617 reg 10 (read in SI 2010/1000)", on<PaymentInstructed, account_is_approved>()},
    {"R11", R, o, nhs_payments, "Paid only into an approved, auditable account for direct payments and the like",
     "SI 2013/1617 reg 10 (read in SI 2010/1000)", on<AccountCredited, credited_account_is_approved>()},
    {"R12", R, v, day(2017, 4, 1), "To a managed account only the audit and use-for-plan conditions apply",
     "SI 2013/1617 reg 10(1A); SI 2017/219"},
    {"R13", F, v, nhs_payments, "Spent only on services in that person's plan",
     "SI 2013/1617 reg 10(5)(b)", on<TransactionReported, spent_on_plan>()},
    {"R14", F, s, nhs_payments, "Not on alcohol, tobacco, gambling or debt",
     "local rules and card schemes", on<TransactionReported, spent_under_a_category>(), false},
    {"R15", F, s, nhs_payments, "Core NHS services (GP, urgent care, surgery, prescription charges) are outside", "NHS England guidance"},
    {"R16", D, o, nhs_payments, "Review within 3 months of the first payment, then every 12 at most; at once when money is short",
     "SI 2013/1617 reg 12 (read in SI 2010/1000)"},
    {"R17", R, o, nhs_payments, "A review finds: plan still right, money well used, amount sufficient, obligations met",
     "SI 2013/1617 reg 12 (read in SI 2010/1000)", on<ReviewCompleted, review_finds_four_things>()},
    {"R18", D, v, nhs_payments, "A reduction needs notice; reconsideration may be required", "SI 2013/1617 reg 13"},
    {"R19", R, v, nhs_payments, "A repayment notice states reasons, amount, time and who repays; no recovery without one",
     "SI 2013/1617 reg 15", on<RepaymentNoticeIssued, notice_is_complete>()},
    {"R19", R, v, nhs_payments, "A repayment notice states reasons, amount, time and who repays; no recovery without one",
     "SI 2013/1617 reg 15", on<Repaid, repaid_on_notice>()},
    {"R20", R, v, nhs_payments, "Payments stop for a reason of reg 17, with written notice",
     "SI 2013/1617 reg 17", on<PaymentsStopped, stopped_with_notice>()},

    // The right to have a personal health budget
    {"R22", P, v, right_to_have, "For continuing healthcare, children's continuing care, s.117 after-care, wheelchairs", "SI 2012/2996 Part 6A"},
    {"R23", D, v, right_to_have, "A request is granted unless not appropriate; days from request to live", "SI 2012/2996 reg 32B"},
    {"R24", P, v, right_to_have, "Publicise, promote, inform, support: offers against people eligible", "SI 2012/2996 reg 32B"},
    {"R25", P, v, right_to_have, "Counted when agreed; a wheelchair budget counts only while reviewed yearly", "NHS England personal health budgets return"},

    // Care Act 2014
    {"R26", R, v, care_act, "The cost is what the adult pays and what the council pays, in pence",
     "Care Act 2014 s.26(1)", on<StrandAgreed, triple_adds_up>()},
    {"R27", P, v, care_act, "Other public money may be shown beside it", "Care Act 2014 s.26(3)"},
    {"R28", R, v, care_act, "A charge is not more than the cost; a carer is not charged for the adult's care",
     "Care Act 2014 s.14(3)-(4)", on<ContributionAssessed, charge_is_within_cost>()},
    {"R29", R, v, care_act, "A contribution falls only on chargeable strands, never on NHS money",
     "Care Act 2014 s.14; NHS Act 2006 s.1(4)", on<StrandAgreed, contribution_spares_nhs_money>()},
    {"R29", R, v, care_act, "A contribution falls only on chargeable strands, never on NHS money",
     "Care Act 2014 s.14; NHS Act 2006 s.1(4)", on<ContributionAssessed, contribution_spares_nhs_money>()},
    {"R29", R, v, care_act, "A contribution falls only on chargeable strands, never on NHS money",
     "Care Act 2014 s.14; NHS Act 2006 s.1(4)", on<ContributionReceived, contribution_spares_nhs_money>()},
    {"R30", F, v, care_act, "The council does not meet what the NHS must",
     "Care Act 2014 s.22", on<StrandAgreed, council_leaves_nhs_duties>()},
    {"R31", F, v, care_act, "No payment to a spouse, partner or relative of the same household except where necessary",
     "SI 2014/2871 reg 3", on<TransactionReported, council_payee_of_other_household>()},
    {"R31", F, v, care_act, "No payment to a spouse, partner or relative of the same household except where necessary",
     "SI 2014/2871 reg 3", on<PersonalAssistantEngaged, council_assistant_of_other_household>()},
    {"R32", D, v, care_act, "Review within 6 months, then every 12 at most; also on breach, change of capacity, concern", "SI 2014/2871 reg 7"},
    {"R33", R, v, care_act, "Termination or repayment on breach, as R19", "Care Act 2014 s.33(5)"},
    {"R34", R, s, care_act, "Excluded persons, as R06", "SI 2014/2871 Schedule 1"},
    {"R35", D, s, care_act, "Refusal in writing with reasons and the way to appeal", "Care and Support Statutory Guidance ch.12"},
    {"R37", P, v, care_act, "Light-touch monitoring: prepaid cards are not the only option", "Care and Support Statutory Guidance ch.12"},

    // Education
    {"R38", D, s, children, "A personal budget is prepared when asked for during drafting, review or reassessment of a plan", "SI 2014/1652 reg 4A"},
    {"R39", R, v, children, "None where money sits in a block that cannot be broken up: with its reason", "SI 2014/1652 reg 4A"},
    {"R40", R, v, children, "Direct payment for agreed provision only, never a school or post-16 place",
     "SI 2014/1652; Children and Families Act 2014 s.49", on<OrderPlaced, no_school_place_from_direct_payment>()},
    {"R41", R, s, children, "The amount is sufficient for the agreed provision", "SI 2014/1652 reg 10"},
    {"R42", D, v, children, "Review within 3 months, then at the annual review", "SI 2014/1652 reg 11"},
    {"R43", D, s, children, "Reduce or stop with notice and reasons; one reconsideration", "SI 2014/1652 regs 11, 14"},
    {"R45", D, s, children, "A refusal has reasons and a right to review", "SI 2014/1652 reg 7"},
    {"R46", P, v, children, "The budget's details stand in Section J of the plan", "SI 2014/1530 reg 12(1)(j)"},
    {"R47", D, v, children, "The plan is issued within 20 weeks of the request", "SI 2014/1530 reg 13"},

    // Pooled funds
    {"R48", R, v, pooling, "The agreement states in writing the seven things of the regulations",
     "NHS Act 2006 s.75; SI 2000/617 reg 7(3)", on<PoolAgreementProposed, agreement_is_complete>()},
    {"R49", R, v, pooling, "Spent only on the functions in the agreement",
     "SI 2000/617 reg 7", on<SchemeAdded, scheme_has_agreed_function>()},
    {"R49", R, v, pooling, "Spent only on the functions in the agreement",
     "SI 2000/617 reg 7", on<PoolSpent, spent_on_agreed_function>()},
    {"R50", R, v, pooling, "A trust partner needs each commissioner's consent",
     "SI 2000/617 reg 4", on<PoolAgreementProposed, trust_has_commissioner>()},
    {"R51", D, s, pooling, "The host's pool manager reports quarterly and annually", "SI 2000/617 reg 7(4)"},
    {"R52", P, s, pooling, "Where no host is named: the largest contributor", "s.75 practice"},
    {"R53", D, v, pooling, "Lead commissioning: the council reports quarterly and annually", "SI 2000/617 reg 9"},
    {"R54", R, v, pooling, "Over- and underspend is shared by the agreement's rule, to the penny",
     "NHS Act 2006 s.75; the agreement", on<RiskShareApplied, risk_shared_by_agreement>()},
    {"R55", F, s, pooling, "Money moves between schemes only as the agreement allows", "s.75 practice"},
    {"R56", F, v, pooling, "A s.256 or s.76 transfer needs its certificate", "NHS Act 2006 ss.76, 256; 2013 Directions"},

    // Better Care Fund
    {"R57", R, v, better_care, "The NHS minimum and the council's grants are pooled under s.75", "NHS Act 2006 s.223GA; BCF policy framework"},
    {"R58", P, v, better_care, "The floor of spending on social care", "BCF policy framework"},
    {"R59", R, v, better_care, "The plan is signed by every partner's chief executive, the s.151 officer and the board", "BCF planning requirements"},
    {"R60", D, v, better_care, "Quarterly and year-end returns", "BCF planning requirements"},
    {"R62", R, v, better_care, "Disabled Facilities Grant is capital; capital and revenue never mix",
     "Local Government Act 2003 s.31; DFG determination", on<StrandAgreed, capital_buys_equipment>()},
    {"R62", R, v, better_care, "Disabled Facilities Grant is capital; capital and revenue never mix",
     "Local Government Act 2003 s.31; DFG determination", on<ContributionCommitted, committed_fund_fits_pool>()},
    {"R62", R, v, better_care, "Disabled Facilities Grant is capital; capital and revenue never mix",
     "Local Government Act 2003 s.31; DFG determination", on<ContributionPaid, paid_fund_fits_pool>()},

    // Continuing healthcare
    {"R63", D, v, nhs_duties, "Decided within 28 days", "National Framework for NHS continuing healthcare"},
    {"R64", D, v, nhs_duties, "Reviewed at 3 months, then yearly", "National Framework for NHS continuing healthcare"},
    {"R65", R, v, nhs_duties, "The final decision on eligibility cannot be delegated",
     "SI 2012/2996 reg 21", on<EligibilityDecided, decided_by_itself>()},
    {"R66", R, v, nhs_duties, "Late eligibility moves liability back in time, with the refunds it causes", "SI 2012/2996 reg 21; refunds guidance"},

    // Decisions, publication, privacy
    {"R67", R, v, executive, "An executive decision records date, reasons, alternatives rejected, conflicts of interest",
     "SI 2012/2089 regs 12-13", on<ApprovalGiven, executive_decision_is_recorded>()},
    {"R68", R, v, officers, "An officer's decision under delegation is recorded likewise",
     "SI 2014/2095 reg 7", on<ApprovalGiven, officer_decision_is_recorded>()},
    {"R69", R, v, always, "Who proposes does not approve; broker, approver, payer and approver of payments are different people",
     "practice; internal audit standards", on<ApprovalGiven, duties_are_apart>()},
    {"R69", R, v, always, "Who proposes does not approve; broker, approver, payer and approver of payments are different people",
     "practice; internal audit standards", on<OrderPlaced, duties_are_apart>()},
    {"R69", R, v, always, "Who proposes does not approve; broker, approver, payer and approver of payments are different people",
     "practice; internal audit standards", on<PaymentInstructed, duties_are_apart>()},
    {"R69", R, v, always, "Who proposes does not approve; broker, approver, payer and approver of payments are different people",
     "practice; internal audit standards", on<UpliftApproved, duties_are_apart>()},
    {"R70", D, v, care_act, "Council spend over GBP 500 is published quarterly, individuals redacted", "Local Government Transparency Code 2015"},
    {"R71", D, v, nhs_duties, "NHS spend over GBP 25,000 is published monthly", "HM Treasury guidance on transparency"},
    {"R72", R, v, protection, "Personal data is separable and erasable; its destruction is recorded", "UK GDPR art.17; Data Protection Act 2018",
     on<IdentityErased, erased_when_nobody_needs_it>()},
    {"R73", D, s, protection, "A budget's records are kept for the time its body sets, then proposed for erasure", "UK GDPR art.5(1)(e)"},
    {"R74", P, s, day(2014, 4, 1), "Payments and budgets can be exported for data matching against fraud", "Local Audit and Accountability Act 2014 Sch.9"},
    {"R75", R, s, protection, "What is sealed is opened by an officer of a body with a live legal basis or the person's consent, and each opening is recorded",
     "UK GDPR arts 5(1)(a)-(b), 5(2), 6, 9, 15; Data Protection Act 2018 s.10, Sch.1 para.2", on<IdentityOpened, opened_on_a_basis>()},
    {"R76", R, s, protection, "A legal basis names the law it rests on and, for health and care, its condition",
     "UK GDPR arts 6, 7(1), 9(2); Data Protection Act 2018 ss.8, 10; as Care Act 2014 ss.6-7 for cooperation", on<LegalBasisRecorded, basis_is_founded>()},

    // Arithmetic and what local policy watches
    {"available_exceeded", R, v, always, "No order beyond what a holder's own money has left",
     "the budget as agreed", on<OrderPlaced, order_within_direct_payment>()},
    {"available_exceeded", R, v, always, "A pool with a hard limit takes on nothing that its contributions do not cover",
     "the pool's agreement", on<SchemeAdded, scheme_within_hard_limit>()},
    {"invoice_exceeded", R, v, always, "The payments of an invoice never exceed it",
     "financial regulations", on<PaymentInstructed, instructed_within_invoice>()},
    {"invoice_exceeded", R, v, always, "The payments of an invoice never exceed it",
     "financial regulations", on<PaymentSettled, settled_within_invoice>()},
    {"payments_stopped", R, v, always, "Direct payments that were stopped are not instructed again",
     "SI 2013/1617 reg 17; Care Act 2014 s.33", on<PaymentInstructed, payments_not_stopped>()},
    {"spent_exceeded", R, v, always, "A recharge asks for no more than was spent",
     "financial regulations", on<RechargeRaised, recharge_within_spent>()},
    {"allocation_exceeded", F, v, always, "What is agreed stays within the year's allocation",
     "budgetary control", on<StrandAgreed, allocation_suffices>()},
    {"allocation_exceeded", F, v, always, "What is agreed stays within the year's allocation",
     "budgetary control", on<UpliftApplied, allocation_suffices>()},
    {"allocation_exceeded", F, v, always, "What is agreed stays within the year's allocation",
     "budgetary control", on<AllocationVaried, allocation_suffices>()},
    {"allocation_exceeded", F, v, always, "What is paid into a pool stays within the year's allocation",
     "budgetary control", on<ContributionPaid, allocation_suffices>()},
    {"allocation_exceeded", F, v, always, "What is granted stays within the year's allocation",
     "budgetary control", on<GrantAwarded, allocation_suffices>()},
    {"allocation_exceeded", F, v, always, "What is ordered stays within the budget",
     "budgetary control", on<OrderPlaced, order_within_allocated>()},
    {"duplicate_suspected", F, v, always, "Two invoices of one supplier, number, amount and time look like one",
     "internal audit", on<InvoiceReceived, invoice_is_no_duplicate>()},
    {"overdrawn", F, v, always, "An account pays no more than it holds",
     "internal audit", on<TransactionReported, account_not_overdrawn>()},
    {"pool_overspent", F, v, always, "A pool spends no more than was paid in",
     "the pool's agreement", on<PoolSpent, pool_not_overspent>()},
    {"pool_not_in_force", F, v, always, "A pool's money moves under an agreement that every partner has signed",
     "NHS Act 2006 s.75", on<PoolSpent, pool_spent_in_force>()},
    {"pool_not_in_force", F, v, always, "A pool's money moves under an agreement that every partner has signed",
     "NHS Act 2006 s.75", on<ContributionPaid, pool_paid_in_force>()},
    {"pool_power", F, v, always, "An officer with the power \"pool\" spends from a pool",
     "the pool's agreement", on<PoolSpent, pool_spender_has_power>()},
    {"hidden_costs", F, v, always, "A plan that employs says who bears what employing costs beside the wages",
     "peoplehub survey; local policy", on<PlanProposed, hidden_costs_are_named>()},
    {"own_key", R, v, always, "Above the limit that a body sets, an officer decides under a key of their own",
     "the body's scheme of delegation"},
    {"own_key_signs", R, v, always, "An officer's own key signs what that officer decides, in the appointment in which it was given",
     "the body's scheme of delegation", nothing_asked, true, 2},
    {"succession_day", R, v, always, "From its day a successor acts for an abolished body, not before; then that body's keys sign nothing",
     "the order that abolishes the body", nothing_asked, true, 2},
});
// clang-format on

Rule rule_of(const Row& row) {
  Rule rule{.id = row.id,
            .level = row.level,
            .confidence = row.confidence,
            .from = row.from,
            .sentence = row.sentence,
            .citation = row.citation,
            .kind = {},
            .function = row.question.function,
            .switched_on = row.switched_on,
            .since_book = row.since_book};
  if (row.question.body_type != 0) rule.kind = kind_of_body(row.question.body_type);
  return rule;
}

}  // namespace

std::span<const Rule> rule_book() {
  static const auto rules = [] {
    std::vector<Rule> all;
    all.reserve(book.size());
    for (const auto& row : book) all.push_back(rule_of(row));
    return all;
  }();
  return rules;
}

}  // namespace braid::ledger
