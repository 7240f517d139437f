#include "events/native_rows.hpp"
#include "tests/support/ledger_events.hpp"

// Notices, published spending, outcomes and promises, as they are said in stories.

namespace braid::test {

namespace {

using Filling = schema::Event::Body::Builder;

}  // namespace

Said notice_issued(std::string notice, std::string budget, std::int64_t pence) {
  return {.kind = Kind::REPAYMENT_NOTICE_ISSUED,
          .fill =
              [=](Filling body) {
                auto issued = body.getRepaymentNoticeIssued();
                write(id(notice), issued.initNotice());
                write(id(budget), issued.initBudget());
                issued.setPence(pence);
              },
          .officer = "e.hart"};
}

Said payments_stopped(std::string budget) {
  return {.kind = Kind::PAYMENTS_STOPPED,
          .fill = [=](Filling body) { write(id(budget), body.getPaymentsStopped().initBudget()); }};
}

Said assistant_engaged(std::string budget, bool same_household) {
  return {.kind = Kind::PERSONAL_ASSISTANT_ENGAGED, .fill = [=](Filling body) {
            write(id(budget), body.getPersonalAssistantEngaged().initBudget());
            body.getPersonalAssistantEngaged().setSameHousehold(same_household);
          }};
}

Said spend_list_published(std::string run, std::uint32_t rows, std::string replaces) {
  return {.kind = Kind::SPEND_LIST_PUBLISHED, .fill = [=](Filling body) {
            auto list = body.getSpendListPublished();
            write(id(run), list.initRun());
            list.setOrganisation("E10000008");
            list.setRows(rows);
            list.disownReplaces();
            if (!replaces.empty()) write(id(replaces), list.initReplaces());
          }};
}

Said spend_published(std::string run, std::uint32_t row) {
  return {.kind = Kind::SPEND_PUBLISHED, .fill = [=](Filling body) {
            write(id(run), body.getSpendPublished().initRun());
            body.getSpendPublished().setRow(row);
          }};
}

Said outcome_reported(std::string plan, std::uint16_t outcome) {
  return {.kind = Kind::OUTCOME_REPORTED, .fill = [=](Filling body) {
            write(id(plan), body.getOutcomeReported().initPlan());
            body.getOutcomeReported().setOutcome(outcome);
          }};
}

Said action_owned(std::string action) {
  return {.kind = Kind::ACTION_OWNED,
          .fill = [=](Filling body) { write(id(action), body.getActionOwned().initAction()); }};
}

Said action_done(std::string action) {
  return {.kind = Kind::ACTION_DONE,
          .fill = [=](Filling body) { write(id(action), body.getActionDone().initAction()); }};
}

}  // namespace braid::test
