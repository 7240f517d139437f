#include "events/date.hpp"
#include "events/native_rows.hpp"
#include "tests/events/form/refusals.hpp"

using namespace braid;
using namespace braid::test;

using Event = schema::Event::Builder;

// What the families register, person, plan and budget ask of a kind beyond its schema's limits.

TEST_CASE("form: a ledger is founded with 1 to 1024 partitions and the operator's Ed25519 key") {
  const auto founded = [](auto change) {
    return form_after(Kind::LEDGER_FOUNDED,
                      [&](Event event) { change(event.getBody().getLedgerFounded()); });
  };
  CHECK(founded([](auto body) { body.setPartitions(1); }) == "has form");
  CHECK(founded([](auto body) { body.setPartitions(1024); }) == "has form");
  CHECK_THAT(founded([](auto body) { body.setPartitions(0); }),
             refused_for("partitions", "1 to 1024"));
  CHECK_THAT(founded([](auto body) { body.setPartitions(1025); }),
             refused_for("partitions", "1 to 1024"));
  CHECK_THAT(founded([](auto body) { body.initOperatorKey(31); }),
             refused_for("operatorKey", "32 bytes"));
  CHECK_THAT(founded([](auto body) { body.setName(""); }), refused_for("name", "required"));
}

TEST_CASE("form: an area is named by its GSS code") {
  const auto registered = [](const char* gss) {
    return form_after(Kind::ORGANISATION_REGISTERED, [&](Event event) {
      event.getBody().getOrganisationRegistered().setGss(gss);
    });
  };
  for (const char* right : {"E06000023", "W06000015", "S12000036", "N09000003", ""}) {
    CHECK(registered(right) == "has form");
  }
  for (const char* wrong : {"X06000023", "E0600002", "E060000231", "E0600002A", "e06000023"}) {
    CHECK_THAT(registered(wrong), refused_for("gss", "E06000023"));
  }
}

TEST_CASE(
    "form: successors share the predecessors' duties whole, each once, and none succeeds itself") {
  const auto succeeded = [](auto change) {
    return form_after(Kind::ORGANISATION_SUCCEEDED,
                      [&](Event event) { change(event.getBody().getOrganisationSucceeded()); });
  };
  CHECK_THAT(succeeded([](auto body) { body.disownPredecessors(); }),
             refused_for("predecessors", "required"));
  CHECK_THAT(succeeded([](auto body) { body.getPredecessors().set(1, "15C"); }),
             refused_for("predecessors[1]", "already"));
  CHECK_THAT(succeeded([](auto body) { body.getPredecessors().set(1, "bad"); }),
             refused_for("predecessors[1]", "ODS"));
  CHECK_THAT(succeeded([](auto body) { body.disownSuccessors(); }),
             refused_for("successors", "required"));
  CHECK_THAT(succeeded([](auto body) { body.getSuccessors()[1].setOrganisation("QUY"); }),
             refused_for("successors[1].organisation", "already"));
  CHECK_THAT(succeeded([](auto body) { body.getSuccessors()[1].setOrganisation("15C"); }),
             refused_for("successors[1].organisation", "succeed itself"));
  CHECK_THAT(succeeded([](auto body) { body.getSuccessors()[1].setPartsPerMillion(250'001); }),
             refused_for("successors", "1,000,000"));
  CHECK_THAT(succeeded([](auto body) {
               body.getSuccessors()[0].setPartsPerMillion(1'000'000);
               body.getSuccessors()[1].setPartsPerMillion(0);
             }),
             refused_for("successors[1].partsPerMillion", "at least one"));
}

TEST_CASE(
    "form: a delegation says its power, its sectors and a time that does not end before it "
    "begins") {
  const auto delegated = [](auto change) {
    return form_after(Kind::DELEGATION_SET,
                      [&](Event event) { change(event.getBody().getDelegationSet()); });
  };
  CHECK(delegated([](auto body) { body.setTo(Date::none().days); }) == "has form");
  CHECK(delegated([](auto body) { body.setTo(body.getFrom()); }) == "has form");
  CHECK_THAT(delegated([](auto body) { body.setTo(body.getFrom() - 1); }),
             refused_for("to", "before the first"));
  CHECK_THAT(delegated([](auto body) { body.setPower(schema::Power::NONE); }),
             refused_for("power", "which power"));
  CHECK_THAT(delegated([](auto body) { body.disownSectors(); }),
             refused_for("sectors", "required"));
  CHECK_THAT(delegated([](auto body) { body.getSectors().set(1, schema::Sector::NONE); }),
             refused_for("sectors[1]", "which sector"));
  CHECK_THAT(delegated([](auto body) { body.getSectors().set(1, schema::Sector::SOCIAL_CARE); }),
             refused_for("sectors[1]", "already"));
  CHECK_THAT(delegated([](auto body) { body.getSectors().set(1, static_cast<schema::Sector>(7)); }),
             refused_for("sectors[1]", "no value 7"));
}

TEST_CASE("form: a signing key has 32 bytes") {
  CHECK_THAT(form_after(Kind::SIGNING_KEY_ADDED,
                        [](Event event) { event.getBody().getSigningKeyAdded().initKey(16); }),
             refused_for("key", "32 bytes"));
  CHECK_THAT(form_after(Kind::SIGNING_KEY_ADDED,
                        [](Event event) { event.getBody().getSigningKeyAdded().initKey(33); }),
             refused_for("key", "at most 32"));
  CHECK_THAT(form_after(Kind::SIGNING_KEY_REVOKED,
                        [](Event event) { event.getBody().getSigningKeyRevoked().initKey(31); }),
             refused_for("key", "32 bytes"));
}

TEST_CASE("form: a limit for own keys is of a power, and of nothing or more") {
  const auto set = [](auto change) {
    return form_after(Kind::OWN_KEY_LIMIT_SET,
                      [&](Event event) { change(event.getBody().getOwnKeyLimitSet()); });
  };
  CHECK(set([](auto body) { body.setLimit(0); }) == "has form");
  CHECK_THAT(set([](auto body) { body.setPower(schema::Power::NONE); }),
             refused_for("power", "which power"));
  CHECK_THAT(set([](auto body) { body.setLimit(-1); }), refused_for("limit", "negative"));
}

TEST_CASE("form: a rule book has a number, and switches rules on by theirs, once each") {
  const auto adopted = [](auto change) {
    return form_after(Kind::RULE_BOOK_ADOPTED,
                      [&](Event event) { change(event.getBody().getRuleBookAdopted()); });
  };
  CHECK(adopted([](auto body) { body.disownSwitchedOn(); }) == "has form");
  CHECK_THAT(adopted([](auto body) { body.setVersion(0); }), refused_for("version", "from 1"));
  CHECK_THAT(adopted([](auto body) { body.getSwitchedOn().set(0, "14"); }),
             refused_for("switchedOn[0]", "R14"));
  CHECK_THAT(adopted([](auto body) {
               auto rules = body.initSwitchedOn(2);
               rules.set(0, "R14");
               rules.set(1, "R14");
             }),
             refused_for("switchedOn[1]", "already"));
}

TEST_CASE("form: a fund has a code and belongs to a body's sector") {
  const auto registered = [](auto change) {
    return form_after(Kind::FUND_REGISTERED,
                      [&](Event event) { change(event.getBody().getFundRegistered()); });
  };
  CHECK_THAT(registered([](auto body) { body.setFund("CHC"); }),
             refused_for("fund", "a fund's code"));
  CHECK_THAT(registered([](auto body) { body.setSector(schema::Sector::NONE); }),
             refused_for("sector", "sector"));
  CHECK_THAT(registered([](auto body) { body.setSector(schema::Sector::PERSON); }),
             refused_for("sector", "sector"));
}

TEST_CASE("form: the months of a person's birthdays agree") {
  const auto linked = [](auto change) {
    return form_after(Kind::PERSON_LINKED,
                      [&](Event event) { change(event.getBody().getPersonLinked()); });
  };
  CHECK(linked([](auto body) { body.setTurns16(Date::none().days); }) == "has form");
  CHECK(linked([](auto body) {
          body.setTurns16(Date::none().days);
          body.setTurns18(Date::none().days);
          body.setTurns25(Date::none().days);
        }) == "has form");
  CHECK_THAT(linked([](auto body) { body.setTurns25(body.getTurns25() + 1); }),
             refused_for("turns25", "apart"));
  CHECK_THAT(linked([](auto body) { body.setTurns16(body.getTurns16() - 1); }),
             refused_for("turns16", "apart"));
  CHECK_THAT(linked([](auto body) {
               body.setTurns18(Date::none().days);
               body.setTurns16(body.getTurns16() - 1);
             }),
             refused_for("turns16", "apart"));
  CHECK_THAT(linked([](auto body) { body.setTurns16(-841); }), refused_for("turns16", "1900-01"));
  CHECK_THAT(linked([](auto body) { body.setTurns16(231 * 12); }),
             refused_for("turns16", "2200-12"));
}

TEST_CASE("form: nobody is their own representative") {
  CHECK_THAT(form_after(Kind::REPRESENTATIVE_APPOINTED,
                        [](Event event) {
                          fill_token(
                              event.getBody().getRepresentativeAppointed().initRepresentative(), 1);
                        }),
             refused_for("representative", "somebody else"));
}

TEST_CASE("form: eligibility, a request and a budget say under which scheme") {
  CHECK_THAT(form_after(Kind::ELIGIBILITY_REQUESTED,
                        [](Event event) {
                          event.getBody().getEligibilityRequested().setScheme(schema::Scheme::NONE);
                        }),
             refused_for("scheme", "scheme"));
  CHECK_THAT(form_after(Kind::ELIGIBILITY_DECIDED,
                        [](Event event) {
                          event.getBody().getEligibilityDecided().setScheme(schema::Scheme::NONE);
                        }),
             refused_for("scheme", "scheme"));
  CHECK_THAT(form_after(Kind::BUDGET_REQUESTED,
                        [](Event event) {
                          event.getBody().getBudgetRequested().setScheme(schema::Scheme::NONE);
                        }),
             refused_for("scheme", "scheme"));
  CHECK_THAT(form_after(Kind::BUDGET_OPENED,
                        [](Event event) {
                          event.getBody().getBudgetOpened().setScheme(schema::Scheme::NONE);
                        }),
             refused_for("scheme", "scheme"));
}

TEST_CASE(
    "form: liability moves between two bodies, for a time that does not end before it begins") {
  const auto reassigned = [](auto change) {
    return form_after(Kind::LIABILITY_REASSIGNED,
                      [&](Event event) { change(event.getBody().getLiabilityReassigned()); });
  };
  CHECK_THAT(reassigned([](auto body) { body.setTo("BRI"); }), refused_for("to", "another body"));
  CHECK_THAT(reassigned([](auto body) { body.setUntil(body.getSince() - 1); }),
             refused_for("until", "before"));
}

TEST_CASE("form: a plan has numbered outcomes with their wellbeing letter") {
  const auto proposed = [](auto change) {
    return form_after(Kind::PLAN_PROPOSED,
                      [&](Event event) { change(event.getBody().getPlanProposed()); });
  };
  CHECK(proposed([](auto body) { body.getOutcomes()[0].setWellbeing("a"); }) == "has form");
  CHECK(proposed([](auto body) { body.getOutcomes()[0].setWellbeing("i"); }) == "has form");
  for (const char* wrong : {"j", "A", "0"}) {
    CHECK_THAT(proposed([&](auto body) { body.getOutcomes()[0].setWellbeing(wrong); }),
               refused_for("outcomes[0].wellbeing", "s.1(2)"));
  }
  CHECK_THAT(proposed([](auto body) { body.getOutcomes()[0].setWellbeing("ab"); }),
             refused_for("outcomes[0].wellbeing", "at most 1"));
  CHECK_THAT(proposed([](auto body) { body.disownOutcomes(); }),
             refused_for("outcomes", "required"));
  CHECK_THAT(proposed([](auto body) { body.getOutcomes()[0].setNumber(0); }),
             refused_for("outcomes[0].number", "from 1"));
  CHECK_THAT(proposed([](auto body) {
               auto outcomes = body.initOutcomes(2);
               for (auto outcome : outcomes) {
                 outcome.setNumber(1);
                 outcome.setWellbeing("a");
                 fill(outcome.initWords());
               }
             }),
             refused_for("outcomes[1].number", "already"));
}

TEST_CASE(
    "form: a plan's lines are numbered, serve its outcomes and say who meets a separate cost") {
  const auto proposed = [](auto change) {
    return form_after(Kind::PLAN_PROPOSED,
                      [&](Event event) { change(event.getBody().getPlanProposed()); });
  };
  CHECK_THAT(proposed([](auto body) { body.disownLines(); }), refused_for("lines", "required"));
  CHECK_THAT(proposed([](auto body) { body.getLines()[1].setNumber(0); }),
             refused_for("lines[1].number", "from 1"));
  CHECK_THAT(proposed([](auto body) { body.getLines()[1].setNumber(1); }),
             refused_for("lines[1].number", "already"));
  CHECK_THAT(proposed([](auto body) { body.getLines()[1].setOutcome(2); }),
             refused_for("lines[1].outcome", "the plan lists"));
  CHECK_THAT(proposed([](auto body) { body.getLines()[1].setFunder(""); }),
             refused_for("lines[1].funder", "who meets"));
  CHECK_THAT(proposed([](auto body) { body.getLines()[0].setFunder("BRI"); }),
             refused_for("lines[0].funder", "leave the funder out"));
  CHECK_THAT(proposed([](auto body) { body.setTo(body.getFrom() - 1); }),
             refused_for("to", "before"));
  CHECK_THAT(proposed([](auto body) { body.setReplaces(body.getPlan().asReader()); }),
             refused_for("replaces", "not itself"));
}

TEST_CASE("form: a plan is signed off by the person or a representative") {
  const auto signed_by = [](schema::By by) {
    return form_after(Kind::PLAN_SIGNED_OFF,
                      [&](Event event) { event.getBody().getPlanSignedOff().setBy(by); });
  };
  CHECK(signed_by(schema::By::SELF) == "has form");
  CHECK_THAT(signed_by(schema::By::PAYER), refused_for("by", "representative"));
  CHECK_THAT(signed_by(schema::By::CARER), refused_for("by", "representative"));
}

TEST_CASE("form: an approval names amounts, each strand once") {
  CHECK_THAT(
      form_after(Kind::APPROVAL_REQUESTED,
                 [](Event event) { event.getBody().getApprovalRequested().disownAmounts(); }),
      refused_for("amounts", "At least one"));
  CHECK_THAT(form_after(Kind::APPROVAL_GIVEN,
                        [](Event event) { event.getBody().getApprovalGiven().disownAmounts(); }),
             refused_for("amounts", "At least one"));
  CHECK_THAT(form_after(Kind::APPROVAL_GIVEN,
                        [](Event event) {
                          auto amounts = event.getBody().getApprovalGiven().getAmounts();
                          fill(amounts[1].initStrand(), "X24", schema::Sector::HEALTH, "chc");
                        }),
             refused_for("amounts[1].strand", "once"));
}

TEST_CASE("form: the next review is due after this one") {
  CHECK_THAT(form_after(Kind::REVIEW_COMPLETED,
                        [](Event event) {
                          auto body = event.getBody().getReviewCompleted();
                          body.setNextDue(body.getOn());
                        }),
             refused_for("nextDue", "after this one"));
}

TEST_CASE("form: a budget names lines of its plan, each once") {
  const auto opened = [](auto change) {
    return form_after(Kind::BUDGET_OPENED,
                      [&](Event event) { change(event.getBody().getBudgetOpened()); });
  };
  CHECK_THAT(opened([](auto body) { body.disownLines(); }), refused_for("lines", "required"));
  CHECK_THAT(opened([](auto body) { body.getLines()[0].setLine(0); }),
             refused_for("lines[0].line", "from 1"));
  CHECK_THAT(opened([](auto body) { body.getLines()[1].setLine(1); }),
             refused_for("lines[1].line", "already"));
  CHECK_THAT(opened([](auto body) { body.setTo(body.getFrom() - 1); }),
             refused_for("to", "before"));
  CHECK_THAT(opened([](auto body) { body.initLines(101); }),
             refused_for("lines", "101 members and at most 100"));
}

TEST_CASE("form: what a body pays is said year by year, in order, to the penny") {
  const auto agreed = [](auto change) {
    return form_after(Kind::STRAND_AGREED,
                      [&](Event event) { change(event.getBody().getStrandAgreed()); });
  };
  CHECK_THAT(agreed([](auto body) { body.disownYears(); }), refused_for("years", "required"));
  CHECK_THAT(agreed([](auto body) { body.getYears()[1].setYear(2026); }),
             refused_for("years[1].year", "once"));
  CHECK_THAT(agreed([](auto body) { body.getYears()[0].setYear(1999); }),
             refused_for("years[0].year", "2000"));
  CHECK_THAT(agreed([](auto body) { body.getYears()[1].setYear(2101); }),
             refused_for("years[1].year", "2100"));
  CHECK_THAT(agreed([](auto body) { body.getYears()[1].setPence(2'001); }),
             refused_for("years", "bodyPays"));
  CHECK_THAT(agreed([](auto body) { body.getYears()[1].setPence(-1); }),
             refused_for("years[1].pence", "negative"));
}

TEST_CASE(
    "form: adult's and body's parts that miss the cost have form, for that is a rule's business") {
  CHECK(form_after(Kind::STRAND_AGREED, [](Event event) {
          event.getBody().getStrandAgreed().setAdultPays(0);
        }) == "has form");
}

TEST_CASE("form: a contribution says towards which strands, each once") {
  CHECK_THAT(
      form_after(Kind::CONTRIBUTION_ASSESSED,
                 [](Event event) { event.getBody().getContributionAssessed().disownShares(); }),
      refused_for("shares", "At least one"));
  CHECK_THAT(form_after(Kind::CONTRIBUTION_ASSESSED,
                        [](Event event) {
                          auto shares = event.getBody().getContributionAssessed().initShares(2);
                          for (auto share : shares)
                            fill(share.initStrand(), "BRI", schema::Sector::HOUSING, "core");
                        }),
             refused_for("shares[1].strand", "once"));
}

TEST_CASE("form: an uplift is of some budgets and of some size") {
  const auto approved = [](auto change) {
    return form_after(Kind::UPLIFT_APPROVED,
                      [&](Event event) { change(event.getBody().getUpliftApproved()); });
  };
  CHECK_THAT(approved([](auto body) { body.setCount(0); }), refused_for("count", "at least one"));
  CHECK_THAT(approved([](auto body) { body.setPartsPerMillion(0); }),
             refused_for("partsPerMillion", "at least one"));
}

TEST_CASE("form: a financial year is one of 2000 to 2100") {
  CHECK_THAT(form_after(Kind::UPLIFT_APPLIED,
                        [](Event event) { event.getBody().getUpliftApplied().setYear(26); }),
             refused_for("year", "2025 is 2025-26"));
  CHECK_THAT(form_after(Kind::ALLOCATION_SET,
                        [](Event event) { event.getBody().getAllocationSet().setYear(1999); }),
             refused_for("year", "2000 to 2100"));
  CHECK_THAT(form_after(Kind::ALLOCATION_VARIED,
                        [](Event event) { event.getBody().getAllocationVaried().setYear(2101); }),
             refused_for("year", "2000 to 2100"));
}
