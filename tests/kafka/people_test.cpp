#include <catch2/catch.hpp>
#include <fstream>

#include "adapters/files/key_file.hpp"
#include "adapters/lmdb/event_log.hpp"
#include "tests/support/kafka_ledger.hpp"
#include "tests/support/soon.hpp"

// People on a real broker: what is sealed where the operator is, opened on the record, and forgotten
// wherever the erasure comes from.

using namespace braid;
using namespace braid::test;
using Catch::Contains;
using synth::County;

namespace {

constexpr auto text = "Wilhelmina Quigglesworth";

/// A ledger whose operator serves, and whose council has linked one person and has a basis to know
/// her. `elsewhere` is a publisher's machine: it has no vault.
struct People {
  KafkaLedger ledger;
  std::string key = (ledger.folder("operator") / "council.pem").string();
  std::string token;

  People() {
    ledger.serve("operator");
    ledger.publish_registry();
    REQUIRE(files::write_secret_key(key, ledger.county().key_of(County::council_code)));
    token = done("operator", "person token < " + file("number", "943 476 5919\n")).out;
    token.pop_back();
    submit("operator", R"("personLinked":{"person":")" + token + R"(","identity":{"clear":")" +
                           text + R"(","about":")" + token + R"("}})");
    submit("operator", R"("legalBasisRecorded":{"person":")" + token +
                           R"(","basis":"publicTask","condition":"healthOrSocialCare",)" +
                           R"("from":"2020-01-01"})");
  }

  [[nodiscard]] std::string file(const std::string& name, const std::string& content) const {
    const auto path = ledger.folder("operator") / name;
    std::ofstream(path) << content;
    return path.string();
  }
  Ran done(const std::string& member, const std::string& command) const {
    auto ran = ledger.run(member, command);
    INFO(command << "\n" << ran.out << ran.err);
    REQUIRE(ran.exit == 0);
    return ran;
  }
  void submit(const std::string& member, const std::string& body) const {
    const auto line = R"({"publisher":")" + std::string(County::council_code) +
                      R"(","place":"northshire","effective":"2026-04-01",)"
                      R"("authority":"Care Act 2014 s.9","body":{)" +
                      body + "}}\n";
    done(member, "submit " + file("event", line) + " --assign-ids --key " + key);
  }
  [[nodiscard]] std::string as_council() const {
    return " --place northshire --publisher " + std::string(County::council_code) +
           " --officer p.ayer --key " + key;
  }
  [[nodiscard]] Ran open() const {
    return ledger.run("operator", "vault open " + token + " --purpose care" + as_council());
  }
  [[nodiscard]] std::string master_key() const {
    std::ifstream in(ledger.directory("operator").keys() / "vault.key");
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

}  // namespace

TEST_CASE("On Kafka too an opening is in the history first, and an erasure ends it") {
  People people;
  const auto opened = people.open();
  INFO(opened.err);
  CHECK(opened.exit == 0);
  CHECK_THAT(opened.out, Contains(text));
  const auto erased = people.ledger.run(
      "operator", "vault erase " + people.token + " --ground objection --by self" +
                      people.as_council());
  INFO(erased.err);
  CHECK(erased.exit == 0);
  CHECK_THAT(people.open().err, Contains("there is nothing to open"));
  const auto verified = people.done("operator", "verify");
}

TEST_CASE("An erasure that a publisher elsewhere sends is carried out where the vault is") {
  People people;
  REQUIRE(people.open().exit == 0);
  const auto before = people.master_key();
  people.submit("elsewhere", R"("identityErased":{"person":")" + people.token +
                                 R"(","ground":"objection","by":"self"})");
  CHECK(support::soon([&] { return people.master_key() != before; }));
  CHECK_THAT(people.open().err, Contains("there is nothing to open"));
  CHECK_FALSE(std::filesystem::exists(people.ledger.directory("elsewhere").vault()));
}

TEST_CASE("A mirror carries no vault, no key and no name") {
  People people;
  REQUIRE(people.ledger.mirror("auditor").exit == 0);
  const auto mirror = people.ledger.directory("auditor");
  CHECK_FALSE(std::filesystem::exists(mirror.vault()));
  CHECK_FALSE(std::filesystem::exists(mirror.keys()));
  const auto refused = run_shell("braid vault open " + people.token + " --purpose audit --ledger " +
                                     mirror.root().string() + people.as_council(),
                                 people.ledger.folder("auditor"));
  CHECK(refused.exit == 2);
}
