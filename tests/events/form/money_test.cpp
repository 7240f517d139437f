#include "events/form/limits.hpp"
#include "events/native_rows.hpp"
#include "tests/events/form/refusals.hpp"

using namespace braid;
using namespace braid::test;

using Event = schema::Event::Builder;

// What the families purchase, payment, pool and outcome ask of a kind beyond its schema's limits;
// strands and sealed texts.

TEST_CASE(
    "form: a strand says organisation, sector and fund, and a person's own money has no fund") {
  const auto with_strand = [](const char* organisation, schema::Sector sector, const char* fund) {
    return form_after(Kind::STRAND_AGREED, [&](Event event) {
      fill(event.getBody().getStrandAgreed().initStrand(), organisation, sector, fund);
    });
  };
  CHECK(with_strand("BRI", schema::Sector::PERSON, "") == "has form");
  CHECK_THAT(with_strand("BRI", schema::Sector::PERSON, "core"),
             refused_for("strand.fund", "leave it empty"));
  CHECK_THAT(with_strand("BRI", schema::Sector::HEALTH, ""),
             refused_for("strand.fund", "a fund's code"));
  CHECK_THAT(with_strand("BRI", schema::Sector::HEALTH, "Core"),
             refused_for("strand.fund", "a fund's code"));
  CHECK_THAT(with_strand("BRI", schema::Sector::NONE, "core"),
             refused_for("strand.sector", "whose money"));
  CHECK_THAT(with_strand("", schema::Sector::HEALTH, "core"),
             refused_for("strand.organisation", "ODS"));
  CHECK_THAT(form_after(Kind::STRAND_AGREED,
                        [](Event event) { event.getBody().getStrandAgreed().disownStrand(); }),
             refused_for("strand", "A strand is required"));
}

TEST_CASE("form: a sealed text has its key, a nonce of 24 bytes and a box with a tag") {
  const auto with_reason = [](auto change) {
    return form_after(Kind::REPAID, [&](Event event) { change(event.getReason()); });
  };
  CHECK(with_reason([](auto sealed) { sealed.initBox(16); }) == "has form");
  CHECK_THAT(with_reason([](auto sealed) { sealed.initBox(15); }),
             refused_for("reason.box", "never put clear text"));
  CHECK_THAT(with_reason([](auto sealed) { sealed.initBox(8193); }),
             refused_for("reason.box", "at most 8192"));
  CHECK_THAT(with_reason([](auto sealed) { sealed.initNonce(23); }),
             refused_for("reason.nonce", "24 bytes"));
  CHECK_THAT(with_reason([](auto sealed) { sealed.initNonce(25); }),
             refused_for("reason.nonce", "at most 24"));
  CHECK_THAT(with_reason([](auto sealed) { sealed.disownKeyId(); }),
             refused_for("reason.keyId", "identifier"));
  CHECK_THAT(form_after(Kind::ACTION_OWNED,
                        [](Event event) { event.getBody().getActionOwned().disownWords(); }),
             refused_for("words", "sealed text is required"));
}

TEST_CASE("form: an amount is from nothing to a hundred billion pounds") {
  const auto of = [](std::int64_t pence) {
    return form_after(Kind::GRANT_DRAWN,
                      [&](Event event) { event.getBody().getGrantDrawn().setPence(pence); });
  };
  CHECK(of(0) == "has form");
  CHECK(of(form::max_pence) == "has form");
  CHECK_THAT(of(form::max_pence + 1), refused_for("pence", "GBP 100,000,000,000.00"));
  CHECK_THAT(of(-1), refused_for("pence", "never negative"));
  CHECK_THAT(of(INT64_MIN), refused_for("pence", "never negative"));
}

TEST_CASE("form: money that moves names its strands, each once") {
  const auto twice = [](auto body) {
    fill(body.getAmounts()[1].initStrand(), "X24", schema::Sector::HEALTH, "chc");
  };
  const auto none = [](auto body) { body.disownAmounts(); };
  const auto refused = [](Kind kind, auto body_of, auto change) {
    return form_after(kind, [&](Event event) { change(body_of(event.getBody())); });
  };
  const auto check_both = [&](Kind kind, auto body_of) {
    INFO(info_of(kind).name);
    CHECK_THAT(refused(kind, body_of, none), refused_for("amounts", "At least one"));
    CHECK_THAT(refused(kind, body_of, twice), refused_for("amounts[1].strand", "once"));
  };
  check_both(Kind::ORDER_PLACED, [](auto body) { return body.getOrderPlaced(); });
  check_both(Kind::INVOICE_RECEIVED, [](auto body) { return body.getInvoiceReceived(); });
  check_both(Kind::PAYMENT_INSTRUCTED, [](auto body) { return body.getPaymentInstructed(); });
  check_both(Kind::PAYMENT_SETTLED, [](auto body) { return body.getPaymentSettled(); });
  check_both(Kind::PAYMENT_RETURNED, [](auto body) { return body.getPaymentReturned(); });
  check_both(Kind::ACCOUNT_CREDITED, [](auto body) { return body.getAccountCredited(); });
  check_both(Kind::REPAID, [](auto body) { return body.getRepaid(); });
}

TEST_CASE("form: strands that differ in one part alone are different strands") {
  const auto with_second = [](const char* organisation, schema::Sector sector, const char* fund) {
    return form_after(Kind::REPAID, [&](Event event) {
      fill(event.getBody().getRepaid().getAmounts()[1].initStrand(), organisation, sector, fund);
    });
  };
  CHECK(with_second("X25", schema::Sector::HEALTH, "chc") == "has form");
  CHECK(with_second("X24", schema::Sector::HOUSING, "chc") == "has form");
  CHECK(with_second("X24", schema::Sector::HEALTH, "fnc") == "has form");
}

TEST_CASE("form: an order serves a line of the plan for a time") {
  const auto placed = [](auto change) {
    return form_after(Kind::ORDER_PLACED,
                      [&](Event event) { change(event.getBody().getOrderPlaced()); });
  };
  CHECK_THAT(placed([](auto body) { body.setLine(0); }), refused_for("line", "line of the plan"));
  CHECK_THAT(placed([](auto body) { body.setTo(body.getFrom() - 1); }),
             refused_for("to", "before"));
  CHECK_THAT(placed([](auto body) { body.setCategory(static_cast<schema::Category>(25)); }),
             refused_for("category", "no value 25"));
}

TEST_CASE("form: a service is delivered in a time that does not end before it begins") {
  CHECK_THAT(form_after(Kind::SERVICE_DELIVERED,
                        [](Event event) {
                          auto body = event.getBody().getServiceDelivered();
                          body.setTo(body.getFrom() - 1);
                        }),
             refused_for("to", "before"));
}

TEST_CASE(
    "form: a personal assistant works minutes of a week, and hidden costs are costs of employing") {
  const auto engaged = [](auto change) {
    return form_after(Kind::PERSONAL_ASSISTANT_ENGAGED,
                      [&](Event event) { change(event.getBody().getPersonalAssistantEngaged()); });
  };
  CHECK(engaged([](auto body) { body.setWeeklyMinutes(10'080); }) == "has form");
  CHECK(engaged([](auto body) { body.disownHiddenCosts(); }) == "has form");
  CHECK_THAT(engaged([](auto body) { body.setWeeklyMinutes(10'081); }),
             refused_for("weeklyMinutes", "10,080"));
  CHECK_THAT(engaged([](auto body) { body.setWeeklyMinutes(0); }),
             refused_for("weeklyMinutes", "10,080"));
  CHECK_THAT(
      engaged([](auto body) { body.getHiddenCosts()[1].setCategory(schema::Category::WAGES); }),
      refused_for("hiddenCosts[1].category", "onCosts"));
  CHECK_THAT(
      engaged([](auto body) { body.getHiddenCosts()[1].setCategory(schema::Category::EQUIPMENT); }),
      refused_for("hiddenCosts[1].category", "replacementCover"));
  CHECK_THAT(
      engaged([](auto body) { body.getHiddenCosts()[1].setCategory(schema::Category::ON_COSTS); }),
      refused_for("hiddenCosts[1].category", "already"));
  CHECK_THAT(engaged([](auto body) { body.getHiddenCosts()[1].setFunder(""); }),
             refused_for("hiddenCosts[1].funder", "who meets"));
  CHECK_THAT(engaged([](auto body) { body.getHiddenCosts()[0].setFunder("BRI"); }),
             refused_for("hiddenCosts[0].funder", "leave the funder out"));
}

TEST_CASE("form: an invoice's strands carry its net amount and irrecoverable VAT to the penny") {
  const auto received = [](auto change) {
    return form_after(Kind::INVOICE_RECEIVED,
                      [&](Event event) { change(event.getBody().getInvoiceReceived()); });
  };
  CHECK(received([](auto body) {
          body.setVat(500);
          body.setIrrecoverableVat(500);
        }) == "has form");
  CHECK_THAT(received([](auto body) { body.setNet(35'001); }),
             refused_for("amounts", "to the penny"));
  CHECK_THAT(received([](auto body) { body.setIrrecoverableVat(499); }),
             refused_for("amounts", "to the penny"));
  CHECK_THAT(received([](auto body) { body.setVat(499); }),
             refused_for("irrecoverableVat", "at most that"));
  CHECK_THAT(received([](auto body) { body.setTo(body.getFrom() - 1); }),
             refused_for("to", "before"));
}

TEST_CASE("form: a payment is instructed for an invoice or into an account, and says which") {
  const auto instructed = [](auto change) {
    return form_after(Kind::PAYMENT_INSTRUCTED,
                      [&](Event event) { change(event.getBody().getPaymentInstructed()); });
  };
  CHECK(instructed([](auto body) { schema::write(specimen_id(31), body.initInvoice()); }) ==
        "has form");
  CHECK_THAT(instructed([](auto body) { body.initAccount(); }),
             refused_for("account", "identifier"));
  CHECK_THAT(instructed([](auto body) { body.initInvoice(); }),
             refused_for("invoice", "identifier"));
}

TEST_CASE("form: a recharge is between two bodies") {
  CHECK_THAT(form_after(Kind::RECHARGE_RAISED,
                        [](Event event) {
                          event.getBody().getRechargeRaised().getDebtor().setOrganisation("BRI");
                        }),
             refused_for("debtor.organisation", "two bodies"));
}

TEST_CASE(
    "form: a repayment notice may lack what the law wants of it, for that is a rule's business") {
  CHECK(form_after(Kind::REPAYMENT_NOTICE_ISSUED, [](Event event) {
          auto body = event.getBody().getRepaymentNoticeIssued();
          body.disownReasons();
          body.setBy(INT32_MIN);
        }) == "has form");
  CHECK(form_after(Kind::REPAID, [](Event event) { event.getBody().getRepaid().disownNotice(); }) ==
        "has form");
}

TEST_CASE("form: a contribution is the person's own money towards a body's strand") {
  CHECK_THAT(form_after(Kind::CONTRIBUTION_RECEIVED,
                        [](Event event) {
                          fill(event.getBody().getContributionReceived().initStrand(), "BRI",
                               schema::Sector::SOCIAL_CARE, "core");
                        }),
             refused_for("strand.sector", "person"));
  CHECK_THAT(form_after(Kind::CONTRIBUTION_RECEIVED,
                        [](Event event) {
                          fill(event.getBody().getContributionReceived().initTowards(), "BRI",
                               schema::Sector::PERSON, "");
                        }),
             refused_for("towards.sector", "body's strand"));
  CHECK_THAT(form_after(Kind::CONTRIBUTION_REFUNDED,
                        [](Event event) {
                          fill(event.getBody().getContributionRefunded().initStrand(), "BRI",
                               schema::Sector::HEALTH, "chc");
                        }),
             refused_for("strand.sector", "person"));
}

TEST_CASE("form: a spend list has rows and a period, and does not replace itself") {
  const auto published = [](auto change) {
    return form_after(Kind::SPEND_LIST_PUBLISHED,
                      [&](Event event) { change(event.getBody().getSpendListPublished()); });
  };
  CHECK(published([](auto body) { body.disownReplaces(); }) == "has form");
  CHECK_THAT(published([](auto body) { body.setRows(0); }), refused_for("rows", "at least one"));
  CHECK_THAT(published([](auto body) { body.setTo(body.getFrom() - 1); }),
             refused_for("to", "before"));
  CHECK_THAT(published([](auto body) { body.setReplaces(body.getRun().asReader()); }),
             refused_for("replaces", "not itself"));
  CHECK_THAT(published([](auto body) { body.setLayout("Bradford MDC"); }),
             refused_for("layout", "one word"));
}

TEST_CASE(
    "form: a published line may lack date, reference and name, and names nobody when redacted") {
  const auto published = [](auto change) {
    return form_after(Kind::SPEND_PUBLISHED,
                      [&](Event event) { change(event.getBody().getSpendPublished()); });
  };
  CHECK(published([](auto body) {
          body.setDate(INT32_MIN);
          body.disownReference();
          body.disownExpenseType();
          body.disownExpenseArea();
          body.disownSupplierName();
          body.setRedacted(true);
        }) == "has form");
  CHECK_THAT(published([](auto body) { body.setRedacted(true); }),
             refused_for("supplierName", "names nobody"));
  CHECK_THAT(published([](auto body) { body.setRow(0); }), refused_for("row", "from 1"));
  CHECK_THAT(published([](auto body) { body.disownSupplier(); }),
             refused_for("supplier", "hash is required"));
}

TEST_CASE(
    "form: a pool has at least two partners, its host among them, whose shares are the whole") {
  const auto proposed = [](auto change) {
    return form_after(Kind::POOL_AGREEMENT_PROPOSED,
                      [&](Event event) { change(event.getBody().getPoolAgreementProposed()); });
  };
  CHECK_THAT(proposed([](auto body) { body.disownPartners(); }),
             refused_for("partners", "two partners"));
  CHECK_THAT(proposed([](auto body) { body.getPartners()[1].setPartsPerMillion(599'999); }),
             refused_for("partners", "1,000,000"));
  CHECK_THAT(proposed([](auto body) {
               fill(body.getPartners()[1].initStrand(), "BRI", schema::Sector::SOCIAL_CARE, "core");
             }),
             refused_for("partners[1].strand", "once"));
  CHECK_THAT(proposed([](auto body) { body.setHost("QUY"); }),
             refused_for("host", "one of the partners"));
  CHECK_THAT(proposed([](auto body) { body.setManager("C. Lind"); }),
             refused_for("manager", "officer's code"));
  CHECK_THAT(proposed([](auto body) { body.setTo(body.getFrom() - 1); }),
             refused_for("to", "before"));
}

TEST_CASE("form: an agreement states each item once and names the functions it is for") {
  const auto proposed = [](auto change) {
    return form_after(Kind::POOL_AGREEMENT_PROPOSED,
                      [&](Event event) { change(event.getBody().getPoolAgreementProposed()); });
  };
  CHECK(proposed([](auto body) { body.disownItems(); }) == "has form");  // R48 asks for all seven
  CHECK_THAT(proposed([](auto body) { body.getItems()[1].setItem(schema::AgreementItem::AIMS); }),
             refused_for("items[1].item", "already"));
  CHECK_THAT(proposed([](auto body) { body.getItems()[1].setText(""); }),
             refused_for("items[1].text", "required"));
  CHECK_THAT(proposed([](auto body) { body.disownFunctions(); }),
             refused_for("functions", "required"));
  CHECK_THAT(proposed([](auto body) { body.getFunctions().set(1, "equipment"); }),
             refused_for("functions[1]", "already"));
  CHECK_THAT(proposed([](auto body) { body.getFunctions().set(1, "Home care"); }),
             refused_for("functions[1]", "one word"));
}

TEST_CASE("form: pools, grants and their money are of a financial year") {
  CHECK_THAT(form_after(Kind::CONTRIBUTION_COMMITTED,
                        [](Event event) { event.getBody().getContributionCommitted().setYear(0); }),
             refused_for("year", "2000"));
  CHECK_THAT(form_after(Kind::CONTRIBUTION_PAID,
                        [](Event event) { event.getBody().getContributionPaid().setYear(1999); }),
             refused_for("year", "2000"));
  CHECK_THAT(form_after(Kind::RISK_SHARE_APPLIED,
                        [](Event event) { event.getBody().getRiskShareApplied().setYear(2101); }),
             refused_for("year", "2100"));
  CHECK_THAT(form_after(Kind::GRANT_AWARDED,
                        [](Event event) { event.getBody().getGrantAwarded().setYear(65535); }),
             refused_for("year", "2100"));
}

TEST_CASE(
    "form: a variance is shared by some, each strand once; whether to the penny is a rule's "
    "business") {
  const auto applied = [](auto change) {
    return form_after(Kind::RISK_SHARE_APPLIED,
                      [&](Event event) { change(event.getBody().getRiskShareApplied()); });
  };
  CHECK(applied([](auto body) { body.getShares()[0].setPence(400'001); }) == "has form");
  CHECK_THAT(applied([](auto body) { body.disownShares(); }),
             refused_for("shares", "At least one"));
  CHECK_THAT(applied([](auto body) {
               fill(body.getShares()[1].initStrand(), "BRI", schema::Sector::SOCIAL_CARE, "core");
             }),
             refused_for("shares[1].strand", "once"));
}

TEST_CASE("form: an outcome is reported by the number that the plan gives it") {
  CHECK_THAT(form_after(Kind::OUTCOME_REPORTED,
                        [](Event event) { event.getBody().getOutcomeReported().setOutcome(0); }),
             refused_for("outcome", "from 1"));
}
