#include "events/date.hpp"
#include "events/native_rows.hpp"
#include "tests/support/specimen_bodies.hpp"

// The families of money and what became of it: purchase, payment, pool, outcome.

namespace braid::test {
namespace {

std::int32_t day(int month, int day_of_month, int year = 2026) {
  return Date::from_calendar(year, month, day_of_month)->days;
}
template <class Builder>
void set_id(Builder to, std::uint16_t number) {
  schema::write(specimen_id(number), to);
}
void set_digest(schema::Digest::Builder to, std::uint8_t number) {
  Digest digest;
  digest.bytes.fill(std::byte{number});
  schema::write(digest, to);
}
void fill_core(schema::Strand::Builder strand) {
  fill(strand, "BRI", schema::Sector::SOCIAL_CARE, "core");
}
void fill_person(schema::Strand::Builder strand) {
  strand.setOrganisation("BRI");
  strand.setSector(schema::Sector::PERSON);
}

}  // namespace

void fill(schema::SupplierRegistered::Builder body) {
  set_id(body.initSupplier(), 20);
  fill(body.initName());
  body.setSize(schema::SupplierSize::MICRO);
  body.setUserLed(true);
  body.setVoluntary(true);
}
void fill(schema::OrderPlaced::Builder body) {
  set_id(body.initOrder(), 21);
  set_id(body.initBudget(), 6);
  set_id(body.initSupplier(), 20);
  body.setCategory(schema::Category::HOME_CARE);
  body.setLine(1);
  fill_amounts(body.initAmounts(2));
  body.setFrom(day(4, 6));
  body.setTo(day(3, 31, 2027));
  body.setSchoolPlace(true);
}
void fill(schema::OrderEnded::Builder body) {
  set_id(body.initOrder(), 21);
  body.setOn(day(10, 1));
}
void fill(schema::ServiceDelivered::Builder body) {
  set_id(body.initOrder(), 21);
  body.setFrom(day(4, 6));
  body.setTo(day(4, 12));
  body.setPence(35'500);
  body.setUnpaidMinutes(600);
}
void fill(schema::PersonalAssistantEngaged::Builder body) {
  set_id(body.initEngagement(), 22);
  set_id(body.initBudget(), 6);
  fill_token(body.initAssistant(), 3);
  body.setWeeklyMinutes(900);
  body.setHourly(1'260);
  body.setSameHousehold(true);
  auto costs = body.initHiddenCosts(2);
  costs[0].setCategory(schema::Category::ON_COSTS);
  costs[0].setYearly(98'000);
  costs[1].setCategory(schema::Category::INSURANCE);
  costs[1].setCost(schema::CostPlace::SEPARATELY);
  costs[1].setFunder("BRI");
  costs[1].setYearly(12'000);
}

void fill(schema::AccountApproved::Builder body) {
  set_id(body.initAccount(), 30);
  set_id(body.initBudget(), 6);
  body.setKind(schema::AccountKind::PREPAID_CARD);
  body.setAuditable(true);
  fill(body.initDetails());
}
void fill(schema::InvoiceReceived::Builder body) {
  set_id(body.initInvoice(), 31);
  set_id(body.initOrder(), 21);
  set_id(body.initSupplier(), 20);
  set_digest(body.initReference(), 31);
  body.setNet(35'000);
  body.setVat(7'000);
  body.setIrrecoverableVat(500);
  fill_amounts(body.initAmounts(2));
  body.setFrom(day(4, 6));
  body.setTo(day(4, 12));
}
void fill(schema::PaymentInstructed::Builder body) {
  set_id(body.initPayment(), 32);
  set_id(body.initBudget(), 6);
  set_id(body.initAccount(), 30);
  fill_amounts(body.initAmounts(2));
  body.setDue(day(5, 1));
}
void fill(schema::PaymentSettled::Builder body) {
  set_id(body.initPayment(), 32);
  set_id(body.initBudget(), 6);
  set_id(body.initInvoice(), 31);
  fill_amounts(body.initAmounts(2));
  body.setOn(day(5, 1));
}
void fill(schema::PaymentReturned::Builder body) {
  set_id(body.initPayment(), 32);
  fill_amounts(body.initAmounts(2));
  body.setOn(day(5, 9));
}
void fill(schema::AccountCredited::Builder body) {
  set_id(body.initPayment(), 33);
  set_id(body.initAccount(), 30);
  set_id(body.initBudget(), 6);
  fill_amounts(body.initAmounts(2));
  body.setOn(day(5, 1));
}
void fill(schema::TransactionReported::Builder body) {
  set_id(body.initAccount(), 30);
  set_id(body.initBudget(), 6);
  body.setLine(1);
  body.setCategory(schema::Category::TRANSPORT);
  body.setDirection(schema::Direction::CREDITED);
  body.setPence(4'500);
  fill(body.initPayee());
  body.setSameHousehold(true);
  body.setOn(day(5, 11));
}
void fill(schema::RechargeRaised::Builder body) {
  set_id(body.initRecharge(), 34);
  set_id(body.initBudget(), 6);
  fill_core(body.initCreditor());
  fill(body.initDebtor(), "X24", schema::Sector::HEALTH, "chc");
  body.setPence(21'000);
}
void fill(schema::RechargeSettled::Builder body) {
  set_id(body.initRecharge(), 34);
  body.setPence(21'000);
  body.setOn(day(6, 30));
}
void fill(schema::RepaymentNoticeIssued::Builder body) {
  set_id(body.initNotice(), 35);
  set_id(body.initBudget(), 6);
  fill(body.initReasons());
  body.setPence(41'260);
  body.setBy(day(8, 1));
  body.setPayer(schema::Payer::PERSONAL_REPRESENTATIVES);
}
void fill(schema::Repaid::Builder body) {
  set_id(body.initBudget(), 6);
  set_id(body.initNotice(), 35);
  fill_amounts(body.initAmounts(2));
  body.setOn(day(7, 20));
}
void fill(schema::ContributionReceived::Builder body) {
  set_id(body.initBudget(), 6);
  fill_person(body.initStrand());
  fill_core(body.initTowards());
  body.setPence(2'000);
  body.setOn(day(5, 4));
}
void fill(schema::ContributionRefunded::Builder body) {
  set_id(body.initBudget(), 6);
  fill_person(body.initStrand());
  fill_core(body.initTowards());
  body.setPence(2'000);
  body.setOn(day(6, 4));
}
void fill(schema::PaymentsStopped::Builder body) {
  set_id(body.initBudget(), 6);
  body.setReason(schema::StopReason::NEED_NO_LONGER);
  body.setNoticeGiven(true);
  body.setOn(day(9, 1));
}
void fill(schema::SpendListPublished::Builder body) {
  set_id(body.initRun(), 36);
  body.setOrganisation("BRI");
  body.setFrom(day(4, 1));
  body.setTo(day(4, 30));
  set_digest(body.initFileHash(), 36);
  body.setRows(2);
  body.setPaid(1'234'567);
  body.setCredited(8'900);
  set_digest(body.initRoot(), 37);
  body.setLayout("bradford");
  set_id(body.initReplaces(), 37);
}
void fill(schema::SpendPublished::Builder body) {
  set_id(body.initRun(), 36);
  body.setRow(17);
  body.setDate(day(4, 9));
  body.setReference("INV 00412");
  body.setExpenseType("Home care \xe2\x80\x93 independent");
  body.setExpenseArea("Adult social care");
  set_digest(body.initSupplier(), 38);
  fill(body.initSupplierName());
  body.setDirection(schema::Direction::CREDITED);
  body.setPence(8'900);
}
void fill(schema::EventReversed::Builder body) { set_id(body.initEvent(), 53); }

void fill(schema::PoolAgreementProposed::Builder body) {
  set_id(body.initPool(), 40);
  body.setName("Community equipment");
  body.setHost("BRI");
  body.setManager("c.lind");
  auto partners = body.initPartners(2);
  fill_core(partners[0].initStrand());
  partners[0].setPartsPerMillion(400'000);
  partners[0].setCap(5'000'000);
  fill(partners[1].initStrand(), "X24", schema::Sector::HEALTH, "chc");
  partners[1].setPartsPerMillion(600'000);
  auto items = body.initItems(2);
  items[0].setText("Equipment within seven days of the assessment.");
  items[1].setItem(schema::AgreementItem::CONTRIBUTIONS);
  items[1].setText("As the annex says; varied by agreement in writing.");
  auto functions = body.initFunctions(2);
  functions.set(0, "equipment");
  functions.set(1, "adaptations");
  body.setRiskShare(schema::RiskShare::WATERFALL);
  body.setCapital(true);
  body.setHardLimit(true);
  body.setFrom(day(4, 1));
  body.setTo(day(3, 31, 2027));
}
void fill(schema::PartnerSigned::Builder body) { set_id(body.initAct(), 40); }
void fill(schema::ContributionCommitted::Builder body) {
  set_id(body.initPool(), 40);
  fill_core(body.initStrand());
  body.setYear(2026);
  body.setPence(40'000'000);
}
void fill(schema::ContributionPaid::Builder body) {
  set_id(body.initPool(), 40);
  fill_core(body.initStrand());
  body.setYear(2026);
  body.setPence(10'000'000);
  body.setOn(day(4, 15));
}
void fill(schema::SchemeAdded::Builder body) {
  set_id(body.initPool(), 40);
  set_id(body.initScheme(), 41);
  body.setFunction("equipment");
  body.setOwner("BRI");
  body.setPence(60'000'000);
}
void fill(schema::PoolSpent::Builder body) {
  set_id(body.initPool(), 40);
  set_id(body.initScheme(), 41);
  body.setFunction("equipment");
  set_id(body.initSupplier(), 20);
  body.setPence(345'000);
  body.setOn(day(5, 6));
}
void fill(schema::RiskShareApplied::Builder body) {
  set_id(body.initPool(), 40);
  body.setYear(2026);
  body.setVariance(schema::Change::DECREASE);
  body.setPence(1'000'001);
  auto shares = body.initShares(2);
  fill_core(shares[0].initStrand());
  shares[0].setPence(400'000);
  fill(shares[1].initStrand(), "X24", schema::Sector::HEALTH, "chc");
  shares[1].setVariance(schema::Change::DECREASE);
  shares[1].setPence(600'001);
}
void fill(schema::RiskShareSettled::Builder body) {
  set_id(body.initPool(), 40);
  fill_core(body.initStrand());
  body.setVariance(schema::Change::DECREASE);
  body.setPence(400'000);
  body.setOn(day(5, 30, 2027));
}
void fill(schema::GrantAwarded::Builder body) {
  set_id(body.initGrant(), 42);
  fill_core(body.initStrand());
  body.setGrantee("VCS01");
  body.setYear(2026);
  body.setPence(2'500'000);
}
void fill(schema::GrantDrawn::Builder body) {
  set_id(body.initGrant(), 42);
  body.setPence(1'250'000);
  body.setOn(day(7, 1));
}

void fill(schema::OutcomeReported::Builder body) {
  set_id(body.initPlan(), 4);
  body.setOutcome(1);
  body.setAchieved(schema::Achieved::TO_SOME_EXTENT);
  body.setBy(schema::By::CARER);
  fill(body.initWords());
}
void fill(schema::ActionOwned::Builder body) {
  set_id(body.initAction(), 50);
  body.setDue(day(12, 1));
  body.setTransfers(schema::Transfer::POWER);
  body.setPence(500'000);
  fill(body.initWords());
}
void fill(schema::ActionDone::Builder body) {
  set_id(body.initAction(), 50);
  body.setOn(day(11, 20));
}

}  // namespace braid::test
