// A ledger's checkpoints while its operator's keys turn.
#include "tools/braid/operator_keys.hpp"

#include <catch2/catch.hpp>

#include "adapters/files/key_file.hpp"
#include "adapters/lmdb/event_log.hpp"
#include "tests/support/key_events.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tools/braid/chain_to_end.hpp"
#include "tools/braid/checkpoint_book.hpp"
#include "tools/braid/checkpoints.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/evidence_sources.hpp"
#include "tools/braid/keys.hpp"
#include "tools/braid/published_log.hpp"

using namespace braid;
using namespace braid::cli;
using namespace braid::test;
using Catch::Matchers::Contains;
using synth::County;

namespace {

/// A county's ledger on disk, whose folder holds the key that founded it; and another key, which is
/// nobody's yet.
struct TurningLedger {
  TurningLedger() {
    std::filesystem::create_directory(directory.keys());
    REQUIRE(files::write_secret_key(operator_key_file(directory), first()));
    REQUIRE(files::write_secret_key(second_file, second));
    write([&](SmallLedger& small) {
      for (const auto& batch : county.registry(SmallLedger::name, 1)) small.publish(county, batch);
      small.publish(county, county.next(12));
    });
  }

  template <class Write>
  void write(Write&& publish) {
    lmdb::EventLog log(directory);
    SmallLedger small(log);
    publish(small);
  }
  template <class Say>
  void operator_says(Say&& say) {
    write([&](SmallLedger& small) {
      KeyHolder holder(small, County::operator_code, seed++);
      say(holder);
    });
  }
  void give_second() {
    operator_says([&](KeyHolder& holder) {
      holder.add(first(), County::operator_code, second.public_key());
    });
  }
  void revoke_first() {
    operator_says([&](KeyHolder& holder) {
      holder.revoke(second, County::operator_code, first().public_key());
    });
  }
  void grow() {
    write([&](SmallLedger& small) { small.publish(county, county.next(12)); });
  }

  [[nodiscard]] Ledger ledger() const { return open_ledger(directory.root()); }
  [[nodiscard]] const SecretKey& first() const { return county.key_of(County::operator_code); }
  [[nodiscard]] EntryChain chain(std::uint32_t partition) const {
    return chain_to_end(directory.tree(partition), *lmdb::EventLog(directory).reader(partition));
  }
  [[nodiscard]] std::string refused(const std::filesystem::path& file) const {
    const auto ledger_now = ledger();
    try {
      Checkpoints(ledger_now, file);
    } catch (const UsageError& error) {
      return error.what();
    }
    return "";
  }

  support::TemporaryFolder folder;
  lmdb::LedgerDirectory directory = *lmdb::LedgerDirectory::create(folder / "ledger");
  County county{{.seed = 9, .people = 4, .panel = 2}};
  SecretKey second = SecretKey::generate();
  std::filesystem::path second_file = folder / "second.pem";
  std::uint64_t seed = 100;
};

bool is_signed_with(const std::string& note, const SecretKey& key, std::uint32_t partition) {
  const ledger::NoteKey signer{ledger::origin_of(SmallLedger::name, partition), key.public_key()};
  return ledger::verify_checkpoint(note, signer).has_value();
}

}  // namespace

TEST_CASE("a live key of the operator signs checkpoints, and of another it is said why not") {
  TurningLedger made;
  CHECK_THAT(made.refused(made.second_file), Contains("register this one first"));
  const auto key_file = [&](const SecretKey& key, const std::string& name) {
    REQUIRE(files::write_secret_key(made.folder / name, key));
    return made.folder / name;
  };
  const auto council = key_file(made.county.key_of(County::council_code), "council.pem");
  const auto founding = operator_key_file(made.directory);
  const auto own = SecretKey::generate();
  const auto officers = key_file(own, "officer.pem");
  made.operator_says([&](KeyHolder& holder) {
    holder.appoint(made.first(), "o.perator");
    holder.add(made.first(), County::operator_code, own.public_key(), "o.perator");
  });
  made.give_second();
  CHECK(made.refused(made.second_file).empty());
  CHECK(made.refused(founding).empty());
  CHECK_THAT(made.refused(council), Contains("council.pem is a key of E60"));
  CHECK_THAT(made.refused(officers), Contains("officer.pem is o.perator's own key"));
  made.revoke_first();
  CHECK(made.refused(made.second_file).empty());
  CHECK_THAT(made.refused(founding), Contains("of the register revokes: give one that is not"));
}

TEST_CASE("old checkpoints still agree when the key that signed them is revoked") {
  TurningLedger made;
  const auto ledger = made.ledger();
  for (const auto partition : {register_partition, 0U})
    REQUIRE(Checkpoints(ledger).keep(partition, made.chain(partition), true));
  made.give_second();
  made.grow();
  Checkpoints with_second(ledger, made.second_file);
  for (const auto partition : {register_partition, 0U})
    REQUIRE(with_second.keep(partition, made.chain(partition), true));
  made.revoke_first();
  for (const auto partition : {register_partition, 0U}) {
    const auto kept = read_checkpoints(ledger, partition);
    INFO((kept ? "" : kept.error()));
    REQUIRE(kept);
    REQUIRE(kept->size() == 2);
    CHECK(kept->front().key == made.first().public_key());
    CHECK(kept->front().revoked_at == made.chain(register_partition).size() - 1);
    CHECK(kept->back().key == made.second.public_key());
    CHECK_FALSE(kept->back().revoked_at);
    CHECK(shown_checkpoint(ledger, partition)->checkpoint == kept->back().checkpoint);
  }
  CHECK(LedgerEvidence(ledger).sources().by_partition.size() == 2);
}

TEST_CASE("a process whose key is revoked while it runs signs nothing more") {
  TurningLedger made;
  const auto ledger = made.ledger();
  Checkpoints with_first(ledger);
  CHECK(with_first.has_key());
  REQUIRE(with_first.keep(0, made.chain(0), true));
  made.give_second();
  made.revoke_first();
  made.grow();
  CHECK_FALSE(with_first.has_key());
  CHECK_FALSE(with_first.keep(0, made.chain(0), true));
  CHECK_THROWS_WITH(with_first.sign(0, made.chain(0)), Contains("of the register revokes"));
}

TEST_CASE("nobody rests on a last checkpoint that only a revoked key signed, before it is renewed") {
  TurningLedger made;
  const auto ledger = made.ledger();
  REQUIRE(Checkpoints(ledger).keep(0, made.chain(0), true));
  made.give_second();
  made.revoke_first();
  CHECK(read_checkpoints(ledger, 0)->size() == 1);  // it still has to agree
  CHECK_THROWS_WITH(shown_checkpoint(ledger, 0), Contains("nobody may rest on it"));
  CHECK_FALSE(live_checkpoint(ledger, 0));  // a report goes on, and states none
  // The history has not grown, and yet the first thing that the new key does is to sign it.
  Checkpoints with_second(ledger, made.second_file);
  const auto note = with_second.keep(0, made.chain(0), false);
  REQUIRE(note);
  CHECK(is_signed_with(*note, made.second, 0));
  CHECK_FALSE(is_signed_with(*note, made.first(), 0));
  CHECK(shown_checkpoint(ledger, 0)->note == *note);
  CHECK(live_checkpoint(ledger, 0)->note == *note);
  REQUIRE(read_checkpoints(ledger, 0)->size() == 1);
  CHECK(read_checkpoints(ledger, 0)->front().key == made.second.public_key());
  CHECK_FALSE(with_second.keep(0, made.chain(0), false));  // once
}

TEST_CASE("a checkpoint that a key signed after its revocation is no word of the operator's") {
  TurningLedger made;
  const auto ledger = made.ledger();
  made.give_second();
  made.revoke_first();
  const auto chain = made.chain(register_partition);
  keep_note(ledger, register_partition,
            ledger::sign_checkpoint({ledger::origin_of(SmallLedger::name, register_partition),
                                     chain.size(), chain.root()},
                                    made.first()));
  const auto kept = read_checkpoints(ledger, register_partition);
  REQUIRE_FALSE(kept);
  CHECK_THAT(kept.error(), Contains("which the register had revoked before") &&
                               Contains("checkpoints/register, checkpoint 1"));
}

TEST_CASE("while two keys are live, one checkpoint carries the signatures of both") {
  TurningLedger made;
  const auto ledger = made.ledger();
  made.give_second();
  const auto one = Checkpoints(ledger).sign(0, made.chain(0));
  const auto both = Checkpoints(ledger, made.second_file).sign(0, made.chain(0));
  CHECK_FALSE(is_signed_with(one, made.second, 0));
  CHECK(is_signed_with(both, made.first(), 0));
  CHECK(is_signed_with(both, made.second, 0));
  made.revoke_first();
  const auto after = Checkpoints(ledger, made.second_file).sign(0, made.chain(0));
  CHECK_FALSE(is_signed_with(after, made.first(), 0));
}

TEST_CASE("what was cosigned under a revoked key is cosigned anew under the next") {
  TurningLedger made;
  const auto ledger = made.ledger();
  const auto partner = SecretKey::generate();
  const std::string name = "partner.example/w";
  const auto cosigned = [&](const std::string& note) {
    auto parsed = *ledger::SignedNote::from_text(note);
    parsed.signatures.push_back(ledger::cosign(parsed.text, name, partner, 1'700'000'000));
    return parsed.to_text();
  };
  CheckpointBook book(ledger, 0);
  book.add_witness({name, partner.public_key(), ledger::NoteKeyType::cosignature});
  const auto old = Checkpoints(ledger).sign(0, made.chain(0));
  REQUIRE(book.add_cosignatures(cosigned(old)) == 1);
  made.give_second();
  made.revoke_first();
  CHECK_THROWS_WITH(book.add_cosignatures(cosigned(old)), Contains("nobody may rest on it"));
  Checkpoints with_second(ledger, made.second_file);
  const auto log = lmdb::EventLog(made.directory).reader(0);
  const auto published = published_now(ledger, *log, with_second, 0);
  CHECK_FALSE(published.cosigned);
  CHECK(is_signed_with(published.latest_note, made.second, 0));
  CHECK(book.add_cosignatures(cosigned(published.latest_note)) == 1);
  CHECK(book.keys().verify(*book.published()));
}
