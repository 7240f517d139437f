#include "ledger/checkpoint_keys.hpp"

#include <catch2/catch.hpp>

#include "ledger/memory_log.hpp"
#include "tests/support/key_events.hpp"

using namespace braid;
using namespace braid::ledger;
using namespace braid::test;
using Catch::Matchers::Contains;
using synth::County;

namespace {

using Keys = std::vector<PublicKey>;

/// A register of a real ledger, in which the operator's keys turn.
struct Register {
  Register() {
    for (const auto& batch : county.registry(SmallLedger::name, 1)) small.publish(county, batch);
  }

  [[nodiscard]] CheckpointKeys keys(Sequence end = ~Sequence{0}) const {
    CheckpointKeys keys;
    keys.follow(*log.reader(register_partition), end);
    return keys;
  }
  [[nodiscard]] Sequence size() const { return log.reader(register_partition)->size(); }
  [[nodiscard]] const SecretKey& founding() const { return county.key_of(County::operator_code); }

  MemoryLog log;
  County county{{.seed = 5, .people = 2, .panel = 2}};
  SmallLedger small{log};
  KeyHolder operator_{small, County::operator_code, 71};
  SecretKey second = SecretKey::generate();
  SecretKey third = SecretKey::generate();
};

std::string note_of(const SecretKey& key, Sequence size = 7) {
  return sign_checkpoint({"small/0", size, sha256(as_bytes("a root"))}, key);
}

/// The same checkpoint, signed with each of them.
std::string note_of(const SecretKey& one, const SecretKey& other) {
  auto note = *SignedNote::from_text(note_of(one));
  note.signatures.push_back(SignedNote::from_text(note_of(other))->signatures.front());
  return note.to_text();
}

std::string why_not(const CheckpointKeys& keys, const PublicKey& key) {
  const auto may = keys.may_sign(key);
  return may ? "" : may.error();
}

}  // namespace

TEST_CASE("the founding key signs checkpoints, and each key that the operator is given") {
  Register made;
  CHECK(made.keys().of_log(0).live == Keys{made.founding().public_key()});
  CHECK_FALSE(made.keys().have_turned());
  made.operator_.add(made.founding(), County::operator_code, made.second.public_key());
  const auto log = made.keys().of_log(0);
  CHECK(log.name == "small/0");
  CHECK(log.live == Keys{made.founding().public_key(), made.second.public_key()});
  CHECK(log.former.empty());
  CHECK(made.keys().have_turned());
  CHECK(made.keys().of_log(register_partition).name == "small/register");
}

TEST_CASE("a key that is revoked signs no more, the founding key neither") {
  Register made;
  made.operator_.add(made.founding(), County::operator_code, made.second.public_key());
  const auto before = made.size();
  made.operator_.revoke(made.second, County::operator_code, made.founding().public_key());
  const auto log = made.keys().of_log(0);
  CHECK(log.live == Keys{made.second.public_key()});
  CHECK(log.former == std::vector{FormerKey{made.founding().public_key(), made.size() - 1}});
  CHECK(why_not(made.keys(), made.second.public_key()).empty());
  CHECK_THAT(why_not(made.keys(), made.founding().public_key()),
             Contains("entry " + std::to_string(made.size() - 1) + " of the register revokes"));
  CHECK(why_not(made.keys(before), made.founding().public_key()).empty());  // as it stood then
}

TEST_CASE("no body's key but the operator's signs checkpoints, and no officer's own") {
  Register made;
  const auto own = SecretKey::generate();
  made.operator_.appoint(made.founding(), "o.perator");
  made.operator_.add(made.founding(), County::operator_code, own.public_key(), "o.perator");
  const auto keys = made.keys();
  const auto council = made.county.key_of(County::council_code).public_key();
  CHECK(keys.of_log(0).live == Keys{made.founding().public_key()});
  CHECK_THAT(why_not(keys, council),
             Contains("is a key of E60") && Contains("give a key of the operator"));
  CHECK_THAT(why_not(keys, own.public_key()), Contains("o.perator's own key"));
  CHECK_THAT(why_not(keys, made.second.public_key()), Contains("register this one first"));
  CHECK_FALSE(keys.of_log(0).verify(note_of(own)));
  CHECK_FALSE(keys.of_log(0).verify_kept(note_of(made.county.key_of(County::council_code))));
}

TEST_CASE("keys have turned where the only one is revoked, and nobody signs any more") {
  Register made;
  made.operator_.revoke(made.founding(), County::operator_code, made.founding().public_key());
  CHECK(made.keys().have_turned());
  CHECK(made.keys().of_log(0).live.empty());
}

TEST_CASE("trust in a key reaches those that it gave, and none that was there before it") {
  Register made;
  made.operator_.add(made.founding(), County::operator_code, made.second.public_key());
  made.operator_.add(made.second, County::operator_code, made.third.public_key());
  const auto reached = [&](const SecretKey& trusted) {
    const std::array keys = {trusted.public_key()};
    return made.keys().of_log(0, keys).live;
  };
  CHECK(reached(made.founding()) == Keys{made.founding().public_key(), made.second.public_key(),
                                         made.third.public_key()});
  CHECK(reached(made.second) == Keys{made.second.public_key(), made.third.public_key()});
  CHECK(reached(made.third) == Keys{made.third.public_key()});
  CHECK(reached(SecretKey::generate()).empty());
}

TEST_CASE("who succeeds the operator signs its checkpoints with keys of its own") {
  Register made;
  const auto icb = made.county.key_of(County::icb_code).public_key();
  CHECK_FALSE(made.keys().may_sign(icb));
  made.operator_.succeed(made.founding(), County::operator_code, County::icb_code);
  CHECK(made.keys().may_sign(icb));
  CHECK_FALSE(made.keys().may_sign(made.county.key_of(County::council_code).public_key()));
}

TEST_CASE("a revoked key's checkpoint is kept where what it covers was judged before") {
  const auto founding = SecretKey::generate(), second = SecretKey::generate();
  const LogKeys log("small/0", {second.public_key()}, {{founding.public_key(), 20}});
  const auto old = log.verify_kept(note_of(founding));
  REQUIRE(old);
  CHECK(old->revoked_at == 20);
  CHECK(signed_in_its_day(*old, 20));        // the entries 0 to 19: it was revoked after them
  CHECK_FALSE(signed_in_its_day(*old, 21));  // the revocation is among them
  CHECK_THAT(log.verify(note_of(founding)).error(),
             Contains("entry 20 of the register revokes") && Contains("braid checkpoint --key"));
  CHECK(signed_in_its_day(*log.verify_kept(note_of(second)), 1'000));
}

TEST_CASE("of a note with several signatures the one by a known key counts") {
  const auto founding = SecretKey::generate(), second = SecretKey::generate();
  const auto both = note_of(founding, second);
  const LogKeys knows_first = NoteKey{"small/0", founding.public_key()};
  const LogKeys knows_second = NoteKey{"small/0", second.public_key()};
  CHECK(knows_first.verify(both));
  CHECK(knows_second.verify(both));
  const LogKeys turned("small/0", {second.public_key()}, {{founding.public_key(), 3}});
  CHECK(turned.verify(both));
  CHECK_FALSE(turned.verify_kept(both)->revoked_at);
  auto forged = *SignedNote::from_text(both);
  forged.signatures.back().bytes.front() ^= std::byte{1};
  CHECK(knows_first.verify(forged.to_text()));  // a line of a key that it does not know
  CHECK_THAT(turned.verify(forged.to_text()).error(), Contains("does not fit this note"));
}

TEST_CASE("who knows only the first key is told that a note is signed with another") {
  const auto founding = SecretKey::generate(), second = SecretKey::generate();
  const LogKeys log = NoteKey{"small/0", founding.public_key()};
  CHECK_THAT(log.verify(note_of(second)).error(),
             Contains("is not signed by small/0 with the key of id") &&
                 Contains("take the new one from the operator"));
  CHECK_FALSE(LogKeys("small/0", {}).verify(note_of(second)));
  const LogKeys elsewhere = NoteKey{"small/1", second.public_key()};
  CHECK_FALSE(elsewhere.verify(note_of(second)));
}
