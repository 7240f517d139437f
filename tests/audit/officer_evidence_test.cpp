#include <catch2/catch.hpp>

#include "ledger/audit/evidence.hpp"
#include "tests/audit/audited_ledger.hpp"

// Evidence of what an officer decided under a key of their own.

namespace braid::test {
namespace {

using synth::County;

constexpr std::string_view officer = "a.prover";
constexpr std::string_view other_officer = "p.ayer";

/// A council that asks for own keys above GBP 100.00; two officers have one. One of them awards two
/// grants: a small one under the council's key, and one of GBP 5,000.00 in person.
struct AuthorisedLedger {
  AuthorisedLedger() : ledger(12, 6, 12, [this](AuditedLedger& live) { authorise(live); }) {}

  void authorise(AuditedLedger& live) {
    std::vector<OwnedBytes> own;
    for (const auto& [code, key] : {std::pair{officer, &in_person}, {other_officer, &other}})
      own.push_back(council_says("", "", [&, code = code, key = key](auto body) {
        auto added = body.initSigningKeyAdded();
        added.setOrganisation(std::string(County::council_code));
        added.setOfficer(std::string(code));
        const auto public_key = key->public_key();
        std::ranges::copy(public_key.bytes,
                          reinterpret_cast<std::byte*>(added.initKey(32).begin()));
      }));
    own.push_back(council_says("", "", [](auto body) {
      auto set = body.initOwnKeyLimitSet();
      set.setOrganisation(std::string(County::council_code));
      set.setPower(schema::Power::APPROVE);
      set.setLimit(100'00);
    }));
    require_accepted(live.small.publish(live.county, {std::string(County::council_code), own}));
    require_accepted(award(live, live.county.key_of(County::council_code), 99'00));
    award_of_the_officer = award(live, in_person, 5'000'00).at(0);
    require_accepted({award_of_the_officer});
    refused = award(live, live.county.key_of(County::council_code), 5'000'00).at(0);
  }

  template <class Fill>
  OwnedBytes council_says(std::string_view by, std::string_view place, Fill&& fill) {
    return writer.write(County::council_code, by, place, *Date::from_calendar(2025, 5, 1), fill);
  }

  std::vector<ledger::Receipt> award(AuditedLedger& live, const SecretKey& key,
                                     std::int64_t pence) {
    const auto event = council_says(officer, "northshire", [&](auto body) {
      auto grant = body.initGrantAwarded();
      schema::write(writer.new_id(), grant.initGrant());
      auto strand = grant.initStrand();
      strand.setOrganisation(std::string(County::council_code));
      strand.setSector(schema::Sector::SOCIAL_CARE);
      strand.setFund("adult-care");
      grant.setGrantee("VCS1");
      grant.setYear(2026);
      grant.setPence(pence);
    });
    const std::vector<Bytes> events = {event};
    return live.small.submit(
        sign_submission(SmallLedger::name, County::council_code, key, events));
  }

  static void require_accepted(const std::vector<ledger::Receipt>& receipts) {
    for (const auto& receipt : receipts) {
      INFO((receipt.findings.empty() ? "" : receipt.findings.front().sentence));
      REQUIRE(receipt.outcome == ledger::Receipt::Outcome::accepted);
    }
  }

  [[nodiscard]] ledger::Evidence evidence() const {
    const std::vector<ledger::EntryPlace> places = {{0, award_of_the_officer.sequence},
                                                    {0, refused.sequence}};
    auto taken = ledger::gather_evidence(ledger.sources(), "two grants", places);
    if (!taken) throw std::runtime_error(taken.error());
    return std::move(*taken);
  }

  [[nodiscard]] ledger::EvidenceChecked check(const ledger::Evidence& evidence) const {
    return ledger::check_evidence(evidence, {{ledger.operator_key().public_key()}, {}});
  }

  synth::EventWriter writer{99};
  SecretKey in_person = SecretKey::generate();
  SecretKey other = SecretKey::generate();
  ledger::Receipt award_of_the_officer;
  ledger::Receipt refused;
  AuditedLedger ledger;
};

const AuthorisedLedger& authorised() {
  static const AuthorisedLedger ledger;
  return ledger;
}

bool says(std::string_view text, std::string_view words) {
  INFO(text);
  return text.find(words) != text.npos;
}

}  // namespace

TEST_CASE("a decision above the limit is refused under the body's key, and stays so to read") {
  const auto& refused = authorised().refused;
  CHECK(refused.outcome == ledger::Receipt::Outcome::refused);
  REQUIRE(refused.findings.size() == 1);
  CHECK(refused.findings[0].rule == "authority");
  CHECK(refused.findings[0].field == "key");
  CHECK(says(refused.findings[0].sentence, "above GBP 100.00"));
}

TEST_CASE("evidence shows that an officer signed in person, and which entry gives the key") {
  const auto evidence = authorised().evidence();
  const auto checked = authorised().check(evidence);
  INFO(checked.wrong.value_or(""));
  REQUIRE_FALSE(checked.wrong);
  CHECK(checked.shown.size() == 4);
  CHECK(says(checked.shown[2], "1 decision was signed by E60's a.prover in person"));
  const auto page = evidence_page(evidence);
  CHECK(says(page, authorised().in_person.public_key().hex() + "  of E60, a.prover's own  given at "
                                                               "register/"));
  CHECK(says(page, authorised().ledger.county.key_of(County::council_code).public_key().hex() +
                       "  of E60  given at register/"));
  CHECK_FALSE(says(page, authorised().other.public_key().hex()));
}

TEST_CASE("evidence whose register does not hold the officer's key proves nothing") {
  auto cut = authorised().evidence();
  while (cut.registry.size() > 5) cut.registry.pop_back();
  CHECK(authorised().check(cut).wrong.has_value());
}

TEST_CASE("an auditor agrees with all that officers signed, and with what was refused") {
  const auto& log = authorised().ledger.log;
  const auto registry = log.reader(register_partition);
  for (const auto partition : {register_partition, 0U}) {
    const auto own = log.reader(partition);
    const auto lookups = log.reader(partition);
    MemoryRowStore scratch;
    const auto verified = ledger::Verifier(std::string(SmallLedger::name), partition,
                                           {*own, *lookups, *registry}, scratch, {})
                              .run();
    INFO((verified.bad ? verified.bad->found + " / " + verified.bad->expected : ""));
    CHECK_FALSE(verified.bad.has_value());
  }
}

}  // namespace braid::test
