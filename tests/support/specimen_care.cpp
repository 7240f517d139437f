#include "events/date.hpp"
#include "events/native_rows.hpp"
#include "tests/support/specimen_bodies.hpp"

// The families of a person's care: register, person, plan, budget.

namespace braid::test {
namespace {

std::int32_t day(int month, int day_of_month, int year = 2026) {
  return Date::from_calendar(year, month, day_of_month)->days;
}
constexpr std::int32_t month(int year, int month_of_year) {
  return (year - 1970) * 12 + month_of_year - 1;
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
const kj::byte key_bytes[32] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
const capnp::Data::Reader key{key_bytes, sizeof key_bytes};

}  // namespace

void fill(schema::Strand::Builder strand, const char* organisation, schema::Sector sector,
          const char* fund) {
  strand.setOrganisation(organisation);
  strand.setSector(sector);
  strand.setFund(fund);
}

void fill(schema::Sealed::Builder sealed) {
  set_id(sealed.initKeyId(), 800);
  auto nonce = sealed.initNonce(24);
  for (unsigned i = 0; i < nonce.size(); ++i) nonce[i] = static_cast<kj::byte>(i + 1);
  auto box = sealed.initBox(40);
  for (unsigned i = 0; i < box.size(); ++i) box[i] = static_cast<kj::byte>(0xa0 + i);
}

void fill_token(schema::PersonToken::Builder token, std::uint8_t number) {
  PersonToken value;
  value.bytes.fill(std::byte{number});
  schema::write(value, token);
}

void fill_amounts(capnp::List<schema::StrandAmount>::Builder amounts) {
  fill(amounts[0].initStrand(), "X24", schema::Sector::HEALTH, "chc");
  amounts[0].setPence(21'000);
  fill(amounts[1].initStrand(), "BRI", schema::Sector::SOCIAL_CARE, "core");
  amounts[1].setPence(14'500);
}

void fill(schema::LedgerFounded::Builder body) {
  body.setName("bnssg");
  body.setPartitions(4);
  body.setOperatorKey(key);
}
void fill(schema::OrganisationRegistered::Builder body) {
  body.setOrganisation("BRI");
  body.setGss("E06000023");
  body.setName("Bristol City Council");
  body.setKind(schema::OrganisationKind::COUNCIL);
  body.setFrom(day(4, 1, 1996));
}
void fill(schema::OrganisationSucceeded::Builder body) {
  auto predecessors = body.initPredecessors(2);
  predecessors.set(0, "15C");
  predecessors.set(1, "11H");
  auto successors = body.initSuccessors(2);
  successors[0].setOrganisation("QUY");
  successors[0].setPartsPerMillion(750'000);
  successors[1].setOrganisation("QOX");
  successors[1].setPartsPerMillion(250'000);
  body.setOn(day(7, 1, 2022));
}
void fill(schema::OfficerAppointed::Builder body) {
  body.setOfficer("b.okafor");
  body.setFrom(day(4, 1));
}
void fill(schema::OfficerEnded::Builder body) {
  body.setOfficer("b.okafor");
  body.setOn(day(9, 30));
}
void fill(schema::DelegationSet::Builder body) {
  body.setOfficer("b.okafor");
  body.setPower(schema::Power::APPROVE);
  auto sectors = body.initSectors(2);
  sectors.set(0, schema::Sector::SOCIAL_CARE);
  sectors.set(1, schema::Sector::EDUCATION);
  body.setLimit(2'500'000);
  body.setFrom(day(4, 1));
  body.setTo(day(3, 31, 2027));
}
void fill(schema::SigningKeyAdded::Builder body) {
  body.setOrganisation("X24");
  body.setKey(key);
  body.setOfficer("b.okafor");
}
void fill(schema::SigningKeyRevoked::Builder body) {
  body.setOrganisation("X24");
  body.setKey(key);
}
void fill(schema::OwnKeyLimitSet::Builder body) {
  body.setOrganisation("X24");
  body.setPower(schema::Power::APPROVE);
  body.setLimit(5'000'000);
}
void fill(schema::RuleBookAdopted::Builder body) {
  body.setVersion(2);
  body.setFrom(day(4, 1));
  body.initSwitchedOn(1).set(0, "R14");
}
void fill(schema::PeriodClosed::Builder body) { body.setThrough(day(3, 31)); }
void fill(schema::FundRegistered::Builder body) {
  body.setFund("high-needs");
  body.setSector(schema::Sector::EDUCATION);
  body.setCapital(true);
  body.setRingFence(schema::RingFence::DSG_HIGH_NEEDS);
}

void fill(schema::PersonLinked::Builder body) {
  fill_token(body.initPerson(), 1);
  fill(body.initIdentity());
  body.setTurns16(month(2025, 5));
  body.setTurns18(month(2027, 5));
  body.setTurns25(month(2034, 5));
}
void fill(schema::PersonDied::Builder body) {
  fill_token(body.initPerson(), 1);
  body.setOn(day(5, 2));
}
void fill(schema::ConsentGiven::Builder body) {
  fill_token(body.initPerson(), 1);
  body.setPurpose(schema::ConsentPurpose::SHARING);
  body.setBy(schema::By::REPRESENTATIVE);
  body.setCapacity(true);
}
void fill(schema::ConsentWithdrawn::Builder body) {
  fill_token(body.initPerson(), 1);
  body.setPurpose(schema::ConsentPurpose::PLANNING);
  body.setBy(schema::By::REPRESENTATIVE);
}
void fill(schema::RepresentativeAppointed::Builder body) {
  fill_token(body.initPerson(), 1);
  fill_token(body.initRepresentative(), 2);
  body.setKind(schema::RepresentativeKind::PARENT);
}
void fill(schema::EligibilityRequested::Builder body) {
  set_id(body.initRequest(), 1);
  fill_token(body.initPerson(), 1);
  body.setScheme(schema::Scheme::CHC);
  body.setOn(day(3, 2));
}
void fill(schema::EligibilityDecided::Builder body) {
  set_id(body.initRequest(), 1);
  fill_token(body.initPerson(), 1);
  body.setScheme(schema::Scheme::CHC);
  body.setOutcome(schema::EligibilityOutcome::JOINTLY_FUNDED);
  body.setFrom(day(3, 20));
  body.setDelegatedTo("RVJ");
}
void fill(schema::LiabilityReassigned::Builder body) {
  fill_token(body.initPerson(), 1);
  body.setFrom("BRI");
  body.setTo("X24");
  body.setSince(day(1, 1));
  body.setUntil(day(3, 19));
  body.setGround(schema::LiabilityGround::DISPUTE);
}
void fill(schema::BudgetRequested::Builder body) {
  set_id(body.initRequest(), 2);
  fill_token(body.initPerson(), 1);
  body.setScheme(schema::Scheme::CARE_ACT);
  body.setOn(day(3, 21));
}
void fill(schema::RequestDecided::Builder body) {
  set_id(body.initRequest(), 2);
  fill_token(body.initPerson(), 1);
  body.setOutcome(schema::RequestOutcome::NOT_APPROPRIATE);
  fill(body.initReasons());
}
void fill(schema::EhcPlanIssued::Builder body) {
  set_id(body.initPlan(), 3);
  fill_token(body.initPerson(), 1);
  set_id(body.initRequest(), 1);
  body.setSectionJ(true);
}
void fill(schema::LegalBasisRecorded::Builder body) {
  fill_token(body.initPerson(), 1);
  body.setBasis(schema::LegalBasis::PUBLIC_TASK);
  body.setCondition(schema::SpecialCondition::HEALTH_OR_SOCIAL_CARE);
  body.setFrom(day(4, 1));
  body.setUntil(day(3, 31, 2027));
}
void fill(schema::IdentityOpened::Builder body) {
  fill_token(body.initPerson(), 1);
  body.setPurpose(schema::OpeningPurpose::REVIEW);
  set_id(body.initEvent(), 4);
}
void fill(schema::IdentityErased::Builder body) {
  fill_token(body.initPerson(), 1);
  body.setGround(schema::ErasureGround::RETENTION_ENDED);
  body.setBy(schema::By::PAYER);
}

void fill(schema::PlanProposed::Builder body) {
  set_id(body.initPlan(), 4);
  fill_token(body.initPerson(), 1);
  fill(body.initNeeds());
  auto outcome = body.initOutcomes(1)[0];
  outcome.setNumber(1);
  outcome.setWellbeing("d");
  fill(outcome.initWords());
  auto lines = body.initLines(2);
  lines[0].setNumber(1);
  lines[0].setOutcome(1);
  lines[0].setCategory(schema::Category::WAGES);
  fill(lines[0].initStrand(), "X24", schema::Sector::HEALTH, "chc");
  lines[0].initRate().setPence(21'000);
  lines[0].getRate().setPeriod(schema::Period::WEEKLY);
  lines[0].setPence(1'092'000);
  lines[1].setNumber(2);
  lines[1].setOutcome(1);
  lines[1].setCategory(schema::Category::INSURANCE);
  fill(lines[1].initStrand(), "BRI", schema::Sector::SOCIAL_CARE, "core");
  lines[1].initRate().setPence(12'000);
  lines[1].getRate().setPeriod(schema::Period::ANNUAL);
  lines[1].setPence(12'000);
  lines[1].setCost(schema::CostPlace::SEPARATELY);
  lines[1].setFunder("BRI");
  body.setFrom(day(4, 1));
  body.setTo(day(3, 31, 2027));
  body.setRisksAgreed(true);
  set_id(body.initReplaces(), 5);
}
void fill(schema::PlanSignedOff::Builder body) {
  set_id(body.initPlan(), 4);
  body.setBy(schema::By::REPRESENTATIVE);
  set_digest(body.initEvidence(), 9);
}
void fill(schema::ApprovalRequested::Builder body) {
  set_id(body.initSubject(), 4);
  body.setKind(schema::SubjectKind::BUDGET);
  fill_amounts(body.initAmounts(2));
}
void fill(schema::ApprovalGiven::Builder body) {
  set_id(body.initSubject(), 4);
  body.setKind(schema::SubjectKind::PAYMENT);
  fill_amounts(body.initAmounts(2));
  fill(body.initReasons());
  fill(body.initAlternatives());
  body.setInterestsDeclared(true);
  fill(body.initInterests());
}
void fill(schema::ApprovalRefused::Builder body) {
  set_id(body.initSubject(), 4);
  body.setKind(schema::SubjectKind::PLAN);
  fill(body.initReasons());
}
void fill(schema::ExceptionApproved::Builder body) {
  body.setRule("R10");
  set_id(body.initSubject(), 4);
  fill(body.initReasons());
  body.setUntil(day(12, 31));
}
void fill(schema::ReviewCompleted::Builder body) {
  using schema::ReviewCompleted;
  set_id(body.initBudget(), 6);
  set_id(body.initPlan(), 4);
  body.setPlanStillRight(ReviewCompleted::Finding::YES);
  body.setMoneyUsedEffectively(ReviewCompleted::Finding::YES);
  body.setAmountSufficient(ReviewCompleted::Finding::NO);
  body.setObligationsMet(ReviewCompleted::Finding::YES);
  body.setOn(day(6, 28));
  body.setNextDue(day(6, 28, 2027));
}

void fill(schema::BudgetOpened::Builder body) {
  set_id(body.initBudget(), 6);
  fill_token(body.initPerson(), 1);
  set_id(body.initPlan(), 4);
  body.setScheme(schema::Scheme::JOINT_FUNDED);
  body.setLeadPayer("BRI");
  auto lines = body.initLines(2);
  lines[0].setLine(1);
  lines[0].setMethod(schema::Method::DIRECT_PAYMENT);
  lines[1].setLine(2);
  lines[1].setMethod(schema::Method::NOTIONAL);
  body.setFrom(day(4, 1));
  body.setTo(day(3, 31, 2027));
}
void fill(schema::StrandAgreed::Builder body) {
  set_id(body.initBudget(), 6);
  fill(body.initStrand(), "BRI", schema::Sector::SOCIAL_CARE, "core");
  body.initRate().setPence(14'500);
  body.getRate().setPeriod(schema::Period::WEEKLY);
  body.setPence(754'000);
  body.setAdultPays(104'000);
  body.setBodyPays(650'000);
  body.setChargeable(true);
  auto years = body.initYears(2);
  years[0].setYear(2026);
  years[0].setPence(648'000);
  years[1].setYear(2027);
  years[1].setPence(2'000);
}
void fill(schema::ContributionAssessed::Builder body) {
  set_id(body.initBudget(), 6);
  auto share = body.initShares(1)[0];
  fill(share.initStrand(), "BRI", schema::Sector::SOCIAL_CARE, "core");
  share.setWeekly(2'000);
  body.setFrom(day(4, 1));
  body.setProvisional(true);
}
void fill(schema::BudgetClosed::Builder body) {
  set_id(body.initBudget(), 6);
  body.setOn(day(9, 30));
  body.setReason(schema::ClosingReason::CHOICE);
}
void fill(schema::UpliftApproved::Builder body) {
  set_id(body.initRun(), 7);
  body.setProposedBy("c.lind");
  body.setScheme(schema::Scheme::CARE_ACT);
  body.setPartsPerMillion(35'000);
  body.setCount(2);
  body.setTotal(53'000);
  set_digest(body.initRoot(), 8);
}
void fill(schema::UpliftApplied::Builder body) {
  set_id(body.initRun(), 7);
  set_id(body.initBudget(), 6);
  fill(body.initStrand(), "BRI", schema::Sector::SOCIAL_CARE, "core");
  body.setYear(2026);
  body.setPence(26'390);
}
void fill(schema::AllocationSet::Builder body) {
  fill(body.initStrand(), "X24", schema::Sector::HEALTH, "chc");
  body.setYear(2026);
  body.setPence(900'000'000);
}
void fill(schema::AllocationVaried::Builder body) {
  fill(body.initStrand(), "X24", schema::Sector::HEALTH, "chc");
  body.setYear(2026);
  body.setChange(schema::Change::DECREASE);
  body.setPence(5'000'000);
}

}  // namespace braid::test
