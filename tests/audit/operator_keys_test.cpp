// Evidence of a ledger whose operator has replaced the key that founded it.
#include <catch2/catch.hpp>

#include "adapters/json/evidence_file.hpp"
#include "tests/audit/audited_ledger.hpp"
#include "tests/support/key_events.hpp"

namespace braid::test {

namespace {

using ledger::Evidence;
using synth::County;

bool says(std::string_view text, std::string_view words) {
  INFO(text);
  return text.find(words) != text.npos;
}

/// An audited ledger in which the operator has a second key, signed for with the first, then an
/// officer with a key of its own; and where it `revokes`, no first key any more.
struct TurnedLedger {
  explicit TurnedLedger(bool revokes)
      : ledger(AuditedLedger::usual_seed, 25, 12,
               [this, revokes](AuditedLedger& live) { turn(live, revokes); }) {}

  void turn(AuditedLedger& live, bool revokes) {
    KeyHolder operator_(live.small, County::operator_code, 77);
    operator_.add(live.operator_key(), County::operator_code, second.public_key());
    operator_.appoint(second, "o.perator");
    operator_.add(second, County::operator_code, own.public_key(), "o.perator");
    before_revoking = live.log.reader(register_partition)->size();
    if (revokes)
      operator_.revoke(second, County::operator_code, live.operator_key().public_key());
  }

  [[nodiscard]] std::string note(std::uint32_t partition, const SecretKey& key) const {
    return ledger::sign_checkpoint({ledger::origin_of(SmallLedger::name, partition),
                                    ledger.size(partition),
                                    ledger.root(partition, ledger.size(partition))},
                                   key);
  }
  /// Evidence of the busiest budget under checkpoints that these keys signed.
  [[nodiscard]] Evidence evidence(const SecretKey& of_register, const SecretKey& of_place) const {
    auto sources = ledger.sources();
    sources.by_partition.at(register_partition).note = note(register_partition, of_register);
    sources.by_partition.at(0).note = note(0, of_place);
    auto taken = ledger::gather_evidence(sources, "a budget", ledger.busiest_budget().second);
    if (!taken) throw std::runtime_error(taken.error());
    return std::move(*taken);
  }
  [[nodiscard]] const SecretKey& first() const { return ledger.operator_key(); }

  SecretKey second = SecretKey::generate();
  SecretKey own = SecretKey::generate();
  Sequence before_revoking = 0;
  AuditedLedger ledger;
};

const TurnedLedger& turned() {
  static const TurnedLedger ledger(true);
  return ledger;
}

const TurnedLedger& two_keys() {
  static const TurnedLedger ledger(false);
  return ledger;
}

std::string found_in(const Evidence& evidence, const SecretKey& trusted) {
  return ledger::check_evidence(evidence, {{trusted.public_key()}, {}}).wrong.value_or("");
}

}  // namespace

TEST_CASE("who trusts only the founding key comes to trust the key that replaced it") {
  const auto evidence = turned().evidence(turned().second, turned().second);
  const auto file = json::EvidenceFile::read(json::EvidenceFile::write(evidence));
  REQUIRE(file);
  CHECK(*file == evidence);
  const auto checked = ledger::check_evidence(*file, {{turned().first().public_key()}, {}});
  INFO(checked.wrong.value_or(""));
  REQUIRE_FALSE(checked.wrong);
  REQUIRE(checked.shown.size() == 5);
  CHECK(says(checked.shown[3], "The key " + turned().second.public_key().hex() +
                                   " is the operator's: entry "));
  CHECK(says(checked.shown[3], "signed with the key " + turned().first().public_key().hex()));
  CHECK(says(checked.shown[4], "are not revoked by the register's first"));
  CHECK(says(checked.trusted.front(), turned().first().public_key().hex() + ", which you gave"));
  CHECK(says(checked.trusted.at(1), "That no later entry of the register revokes"));
}

TEST_CASE("who was handed the new key needs no other") {
  const auto evidence = turned().evidence(turned().second, turned().second);
  CHECK(found_in(evidence, turned().second).empty());
  CHECK(says(found_in(evidence, SecretKey::generate()), "the key that you trust"));
}

TEST_CASE("evidence of an operator with several keys holds the register as far as it was signed") {
  const auto evidence = turned().evidence(turned().second, turned().second);
  CHECK(evidence.registry.size() == turned().ledger.size(register_partition));
  auto cut = evidence;
  std::vector<Digest> leaves;
  for (const auto& entry : cut.registry) leaves.push_back(leaf_hash(entry));
  cut.registry.resize(turned().before_revoking);
  cut.registry_proof =
      consistency_proof(MemoryTiles(leaves), turned().before_revoking, leaves.size());
  cut.checkpoints.at(0) = turned().note(0, turned().first());  // not revoked, as far as this shows
  CHECK(says(found_in(cut, turned().first()), "must be in it as far as it was signed"));
}

TEST_CASE("a revoked key proves nothing more, whoever trusts it") {
  const auto evidence = turned().evidence(turned().second, turned().first());
  CHECK(says(found_in(evidence, turned().first()), "of the register revokes"));
  CHECK_FALSE(found_in(evidence, turned().second).empty());
}

TEST_CASE("who trusts the new key is not held to the old one, even while it is live") {
  const auto evidence = two_keys().evidence(two_keys().second, two_keys().first());
  CHECK(found_in(evidence, two_keys().first()).empty());
  CHECK(says(found_in(evidence, two_keys().second), "which no key that you trust has given it"));
  const std::vector both = {two_keys().second.public_key(), two_keys().first().public_key()};
  CHECK_FALSE(ledger::check_evidence(evidence, {both, {}}).wrong);
}

TEST_CASE("checkpoints by keys that are not the operator's own are refused") {
  const auto& made = turned();
  const auto forged = [&](const SecretKey& key) {
    return found_in(made.evidence(made.second, key), made.first());
  };
  SECTION("of another body") {
    const auto& council = made.ledger.county.key_of(County::council_code);
    CHECK(says(forged(council), "is not signed by small/0"));
  }
  SECTION("an officer's own") { CHECK(says(forged(made.own), "is not signed by small/0")); }
  SECTION("that a forked register gives and this one does not") {
    CHECK(says(forged(two_keys().second), "is not signed by small/0"));
  }
}

TEST_CASE("a register forked by a stranger gives no key that the founding key leads to") {
  // The same names and the same second key, and another founder: all that a forger can make.
  const AuditedLedger forked(31, 25, 12, [&](AuditedLedger& live) {
    KeyHolder operator_(live.small, County::operator_code, 78);
    operator_.add(live.operator_key(), County::operator_code, turned().second.public_key());
  });
  CHECK(says(found_in(forked.evidence(), turned().first()), "the key that you trust"));
}

TEST_CASE("evidence from before a second key came is good as it was") {
  const AuditedLedger before(AuditedLedger::usual_seed, 25, 12);
  const auto evidence = before.evidence();
  CHECK(found_in(evidence, before.operator_key()).empty());
  CHECK(evidence.registry.size() < turned().ledger.size(register_partition));
}

}  // namespace braid::test
