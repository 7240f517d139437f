#include "events/native_rows.hpp"
#include "tests/support/ledger_events.hpp"

// Plans, approvals and budgets, as they are said in stories.

namespace braid::test {

namespace {

using Filling = schema::Event::Body::Builder;

template <class Builder>
void set_amounts(Builder list, const Amounts& amounts) {
  for (unsigned i = 0; i < list.size(); ++i) {
    write(amounts[i].first, list[i].initStrand());
    list[i].setPence(amounts[i].second);
  }
}

}  // namespace

Said plan_proposed(std::string plan, std::string name, std::vector<Line> lines, bool risks_agreed) {
  return {.kind = Kind::PLAN_PROPOSED,
          .fill =
              [=](Filling body) {
                auto proposed = body.getPlanProposed();
                write(id(plan), proposed.initPlan());
                write(person(name), proposed.initPerson());
                proposed.disownReplaces();
                proposed.setRisksAgreed(risks_agreed);
                auto list = proposed.initLines(static_cast<unsigned>(lines.size()));
                for (unsigned i = 0; i < lines.size(); ++i) {
                  list[i].setNumber(static_cast<std::uint16_t>(i + 1));
                  list[i].setOutcome(1);
                  list[i].setCategory(lines[i].category);
                  write(lines[i].strand, list[i].initStrand());
                  list[i].initRate().setPence(lines[i].pence);
                  list[i].setPence(lines[i].pence);
                }
              },
          .officer = "a.adeyemi"};
}

Said plan_signed_off(std::string plan) {
  return {.kind = Kind::PLAN_SIGNED_OFF, .fill = [=](Filling body) {
            write(id(plan), body.getPlanSignedOff().initPlan());
            body.getPlanSignedOff().setBy(schema::By::SELF);
          }};
}

Said approval_requested(std::string subject, schema::SubjectKind kind, Amounts amounts) {
  return {.kind = Kind::APPROVAL_REQUESTED,
          .fill =
              [=](Filling body) {
                auto requested = body.getApprovalRequested();
                write(id(subject), requested.initSubject());
                requested.setKind(kind);
                set_amounts(requested.initAmounts(static_cast<unsigned>(amounts.size())), amounts);
              },
          .officer = "a.adeyemi"};
}

Said approval_given(std::string subject, Amounts amounts, schema::SubjectKind kind) {
  return {.kind = Kind::APPROVAL_GIVEN,
          .fill =
              [=](Filling body) {
                auto given = body.getApprovalGiven();
                write(id(subject), given.initSubject());
                given.setKind(kind);
                set_amounts(given.initAmounts(static_cast<unsigned>(amounts.size())), amounts);
              },
          .officer = "b.okafor"};
}

Said approval_refused(std::string subject, schema::SubjectKind kind) {
  return {.kind = Kind::APPROVAL_REFUSED,
          .fill =
              [=](Filling body) {
                write(id(subject), body.getApprovalRefused().initSubject());
                body.getApprovalRefused().setKind(kind);
              },
          .officer = "b.okafor"};
}

Said exception_approved(std::string rule, std::string subject, std::string_view until) {
  return {.kind = Kind::EXCEPTION_APPROVED,
          .fill =
              [=, last = day(until)](Filling body) {
                auto exception = body.getExceptionApproved();
                exception.setRule(rule);
                write(id(subject), exception.initSubject());
                exception.setUntil(last.days);
              },
          .officer = "b.okafor"};
}

Said review_completed(std::string budget, std::string plan) {
  return {.kind = Kind::REVIEW_COMPLETED, .fill = [=](Filling body) {
            write(id(budget), body.getReviewCompleted().initBudget());
            write(id(plan), body.getReviewCompleted().initPlan());
          }};
}

Said budget_opened(std::string budget, std::string plan, std::string name, std::vector<Line> lines,
                   schema::Scheme scheme) {
  return {.kind = Kind::BUDGET_OPENED, .fill = [=](Filling body) {
            auto opened = body.getBudgetOpened();
            write(id(budget), opened.initBudget());
            write(id(plan), opened.initPlan());
            write(person(name), opened.initPerson());
            opened.setScheme(scheme);
            opened.setLeadPayer("E10000008");
            auto list = opened.initLines(static_cast<unsigned>(lines.size()));
            for (unsigned i = 0; i < lines.size(); ++i) {
              list[i].setLine(static_cast<std::uint16_t>(i + 1));
              list[i].setMethod(lines[i].method);
            }
          }};
}

Said chargeable_strand_agreed(std::string budget, Strand strand, std::int64_t adult_pays,
                              std::int64_t body_pays) {
  return {.kind = Kind::STRAND_AGREED,
          .fill =
              [=](Filling body) {
                auto agreed = body.getStrandAgreed();
                write(id(budget), agreed.initBudget());
                write(strand, agreed.initStrand());
                agreed.setPence(adult_pays + body_pays);
                agreed.setAdultPays(adult_pays);
                agreed.setBodyPays(body_pays);
                agreed.setChargeable(true);
                auto year = agreed.initYears(1)[0];
                year.setYear(2026);
                year.setPence(body_pays);
              },
          .publisher = strand.organisation,
          .officer = "b.okafor"};
}

Said strand_agreed(std::string budget, Strand strand, std::int64_t pence) {
  return vary(chargeable_strand_agreed(std::move(budget), std::move(strand), 0, pence),
              [](Filling body) { body.getStrandAgreed().setChargeable(false); });
}

Said contribution_assessed(std::string budget, Amounts weekly) {
  return {.kind = Kind::CONTRIBUTION_ASSESSED, .fill = [=](Filling body) {
            auto assessed = body.getContributionAssessed();
            write(id(budget), assessed.initBudget());
            auto shares = assessed.initShares(static_cast<unsigned>(weekly.size()));
            for (unsigned i = 0; i < weekly.size(); ++i) {
              write(weekly[i].first, shares[i].initStrand());
              shares[i].setWeekly(weekly[i].second);
            }
          }};
}

Said budget_closed(std::string budget) {
  return {.kind = Kind::BUDGET_CLOSED,
          .fill = [=](Filling body) { write(id(budget), body.getBudgetClosed().initBudget()); }};
}

Said uplift_approved(std::string run, std::string proposed_by, std::uint32_t count,
                     std::int64_t total) {
  return {.kind = Kind::UPLIFT_APPROVED,
          .fill =
              [=](Filling body) {
                auto approved = body.getUpliftApproved();
                write(id(run), approved.initRun());
                approved.setProposedBy(proposed_by);
                approved.setCount(count);
                approved.setTotal(total);
              },
          .officer = "b.okafor"};
}

Said uplift_applied(std::string run, std::string budget, Strand strand, std::int64_t pence) {
  return {.kind = Kind::UPLIFT_APPLIED, .fill = [=](Filling body) {
            auto applied = body.getUpliftApplied();
            write(id(run), applied.initRun());
            write(id(budget), applied.initBudget());
            write(strand, applied.initStrand());
            applied.setPence(pence);
          }};
}

Said allocation_set(Strand strand, std::uint16_t year, std::int64_t pence) {
  return {.kind = Kind::ALLOCATION_SET,
          .fill =
              [=](Filling body) {
                write(strand, body.getAllocationSet().initStrand());
                body.getAllocationSet().setYear(year);
                body.getAllocationSet().setPence(pence);
              },
          .publisher = strand.organisation};
}

Said allocation_varied(Strand strand, std::uint16_t year, std::int64_t change) {
  return {.kind = Kind::ALLOCATION_VARIED,
          .fill =
              [=](Filling body) {
                auto varied = body.getAllocationVaried();
                write(strand, varied.initStrand());
                varied.setYear(year);
                varied.setChange(change < 0 ? schema::Change::DECREASE : schema::Change::INCREASE);
                varied.setPence(change < 0 ? -change : change);
              },
          .publisher = strand.organisation};
}

}  // namespace braid::test
