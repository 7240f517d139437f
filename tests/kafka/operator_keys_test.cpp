// The operator's keys turn on Kafka: sequencers, mirrors and takeovers go by the register.
#include <catch2/catch.hpp>

#include <fstream>

#include "adapters/files/key_file.hpp"
#include "adapters/kafka/checkpoint_topic.hpp"
#include "adapters/lmdb/event_log.hpp"
#include "events/encoding.hpp"
#include "ledger/checkpoint.hpp"
#include "tests/support/kafka_copies.hpp"

using namespace braid;
using namespace braid::test;
using Catch::Contains;

namespace {

/// A ledger on Kafka whose operator has another key at hand, that is nobody's yet.
struct TurningLedger : KafkaLedger {
  TurningLedger() : KafkaLedger({.seed = 31}) {
    REQUIRE(files::write_secret_key(second_file(), second));
  }

  [[nodiscard]] std::string first_file() const {
    return (folder("operator").parent_path() / "operator.pem").string();
  }
  [[nodiscard]] std::string second_file() const {
    return (folder("operator") / "second.pem").string();
  }
  [[nodiscard]] const SecretKey& first() { return county().key_of(synth::County::operator_code); }

  /// The operator says something about a key of its own.
  void say(const std::string& what, const PublicKey& key, const std::string& signer) {
    const std::string code(synth::County::operator_code);
    std::ofstream(folder("operator") / "said.ndjson")
        << R"({"id":"0192f3c1-0000-7000-8000-00000000000)" << ++said_
        << R"(","publisher":")" << code << R"(","effective":"2026-04-02","body":{")" << what
        << R"(":{"organisation":")" << code << R"(","key":")" << to_base64(key.bytes)
        << "\"}}}\n";
    const auto said = run("operator", "submit said.ndjson --key '" + signer + "'");
    INFO(said.out + said.err);
    REQUIRE(said.exit == 0);
  }
  [[nodiscard]] Ran sign(const std::string& key) const {
    return run("operator", "checkpoint --key '" + key + "'");
  }
  /// Kills a sequencer, and begins another in a folder of its own, with the second key.
  KafkaMember& hand_over(const std::string& from, const std::string& to) {
    member(from).kill();
    forget(from);
    auto& begun = begin(to, {"sequence", "--json", "--single-broker", "--key", second_file()});
    REQUIRE_THAT(begun.hear(), Contains("sequencing"));
    return begun;
  }
  /// What whoever has a key can write into the topic of checkpoints, if the brokers let them.
  void publish(std::uint32_t partition, Sequence size, const SecretKey& key) const {
    kafka::Address address;
    address.brokers = brokers();
    address.prefix = prefix();
    const auto origin = ledger::origin_of(name, partition);
    const ledger::Checkpoint false_one{origin, size, sha256(as_bytes("a root of nothing here"))};
    kafka::publish_checkpoint(kafka::Connection::open(address).value(), topics(), origin,
                              ledger::sign_checkpoint(false_one, key));
  }

  SecretKey second = SecretKey::generate();

 private:
  int said_ = 0;
};

constexpr std::string_view first_event = "0192f3c1-0000-7000-8000-000000000001";

}  // namespace

TEST_CASE("on Kafka the operator's second key signs, and a stolen first key stops nobody") {
  TurningLedger ledger;
  ledger.sequence("one");
  ledger.publish_registry();
  ledger.publish_next(20);
  REQUIRE(ledger.sign(ledger.first_file()).exit == 0);
  CHECK_THAT(ledger.sign(ledger.second_file()).err, Contains("register this one first"));
  ledger.say("signingKeyAdded", ledger.second.public_key(), ledger.first_file());
  ledger.say("signingKeyRevoked", ledger.first().public_key(), ledger.second_file());
  CHECK_THAT(ledger.sign(ledger.first_file()).err, Contains("of the register revokes"));

  // Whoever stole the first key says that the history was another, in its day; before the second key
  // has signed anything. Who reads goes on, and so does who takes over.
  ledger.publish(0, chain_of(ledger, "operator", 0).size(), ledger.first());
  CHECK(ledger.run("reader", "log --partition 0 --format csv").exit == 0);
  ledger.hand_over("one", "two");
  CHECK_FALSE(ledger.publish_next(20).receipts.empty());
  REQUIRE(ledger.sign(ledger.second_file()).exit == 0);

  // And that there is more than there is, and what covers the key's own revocation.
  ledger.publish(0, 1'000'000, ledger.first());
  const auto register_size = chain_of(ledger, "operator", register_partition).size();
  ledger.publish(register_partition, register_size, ledger.first());
  const auto proved = ledger.run(
      "reader", "audit evidence event " + std::string(first_event) + " --to one.evidence");
  INFO(proved.out << proved.err);
  REQUIRE(proved.exit == 0);
  const auto checked = run_shell("braid audit evidence check one.evidence --operator-key " +
                                     ledger.second.public_key().hex(),
                                 ledger.folder("reader"));
  INFO(checked.out);
  CHECK(checked.exit == 0);
  auto& three = ledger.hand_over("two", "three");
  CHECK_FALSE(ledger.publish_next(20).receipts.empty());
  three.terminate();
  INFO(three.said());
  CHECK(three.wait() == 0);
  CHECK_THAT(three.said(), !Contains("no checkpoints are signed"));
}

TEST_CASE("a mirror holds the history against what the old key signed, and the new") {
  TurningLedger ledger;
  ledger.sequence("one");
  ledger.publish_registry();
  ledger.publish_next(20);
  REQUIRE(ledger.sign(ledger.first_file()).exit == 0);
  REQUIRE(ledger.mirror("early").exit == 0);
  ledger.say("signingKeyAdded", ledger.second.public_key(), ledger.first_file());
  ledger.say("signingKeyRevoked", ledger.first().public_key(), ledger.second_file());
  REQUIRE(ledger.sign(ledger.second_file()).exit == 0);  // of the place the same once more
  ledger.publish(register_partition, 1'000'000, ledger.first());
  for (const std::string auditor : {"early", "late"}) {
    const auto mirrored = ledger.mirror(auditor);
    INFO(auditor << ": " << mirrored.out << mirrored.err);
    REQUIRE(mirrored.exit == 0);
    const auto verified =
        run_shell("braid verify --ledger data --format csv", ledger.folder(auditor));
    INFO(verified.out << verified.err);
    CHECK(verified.exit == 0);
    const auto proved = run_shell(
        "braid project --ledger data; braid audit evidence event " + std::string(first_event) +
            " --to one.evidence --ledger data && braid audit evidence check one.evidence "
            "--operator-key " + ledger.first().public_key().hex(),
        ledger.folder(auditor));
    INFO(proved.out << proved.err);
    CHECK(proved.exit == 0);
    CHECK_THAT(proved.out, Contains("The key " + ledger.second.public_key().hex()));
  }
  // In its day the first key could sign another history; that is told to whoever keeps a mirror.
  ledger.publish(0, 3, ledger.first());
  const auto told = ledger.mirror("late");
  CHECK(told.exit != 0);
  CHECK_THAT(told.err, Contains("One of the two is another history"));
}
