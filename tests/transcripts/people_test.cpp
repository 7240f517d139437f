// People, from their names to their erasure, as the real command has it: what is sealed, who opens
// it, that it is gone afterwards, and that nowhere on the way an identifier lies in clear.
#include <catch2/catch.hpp>
#include <csignal>

#include "events/encoding.hpp"
#include "tests/transcripts/identifier_scan.hpp"
#include "tests/transcripts/people_story.hpp"

using namespace braid::test;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> identifiers = {
    name,          "Wilhelmina",   "Quigglesworth", street, "Bramblewick", nhs_number,
    "943 476 5919", "943-476-5919", needs,           "Zolpidem",     "Grizelda",      "Thrapple"};

std::vector<std::string> identifiers_in(const std::string& text) {
  return found_in(text, identifiers);
}

void check_holds_none(const fs::path& folder) {
  int files = 0;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    ++files;
    INFO(file.path());
    CHECK(identifiers_in(content_of(file.path())).empty());
  }
  CHECK(files > 8);  // logs, states, views, trees, vault: the scan has met them
}

}  // namespace

TEST_CASE("The scan finds an identifier in each form in which it may lie about") {
  for (const auto& identifier : identifiers)
    for (const auto& form : forms_of(identifier))
      CHECK_FALSE(identifiers_in("before it " + form + " after it").empty());
  CHECK(identifiers_in(braid::to_base64(braid::as_bytes("x,y" + name + "."))).size() > 1);
  CHECK(identifiers_in("nothing of anybody").empty());
}

TEST_CASE("No identifier lies in clear in the ledger, in what it prints, or in what it refuses") {
  Story story;
  story.check("braid project --ledger L");
  story.record_basis();
  // what is refused, or cannot be read, tells nobody's name either
  CHECK(story.run("echo '943 476 5910' | braid person token --ledger L").exit == 2);
  CHECK(story.run("echo '" + name + "' | braid person token --ledger L").exit == 2);
  CHECK(story.run("echo '" + needs + "' | braid vault seal nobody --ledger L").exit == 2);
  for (const auto* body :
       {R"("personLinked":{"person":"TOKEN","identity":{"clear":"Wilhelmina Quigglesworth"}})",
        R"("personLinked":{"person":"TOKEN","identity":"Wilhelmina Quigglesworth"})",
        R"("personLinked":{"person":"9434765919","identity":{"clear":"a","about":"TOKEN"}})",
        R"("personLinked":{"person":"TOKEN","identity":{"clear":"Quigglesworth","about":"9434765919"}})",
        R"("personLinked":{"person":"TOKEN","identity":{"clear":"Quigglesworth","about":"TOKEN"}})"}) {
    std::string filled = body;
    for (auto at = filled.find("TOKEN"); at != filled.npos; at = filled.find("TOKEN"))
      filled.replace(at, 5, story.token);
    CHECK(story.say(filled).exit != 0);
  }
  CHECK(story.open("--event " + story.token).exit == 2);
  story.check("braid verify --ledger L");
  story.check("braid log --ledger L --partition 0; braid log --ledger L --partition 1");
  for (const auto* view : {"identities", "openings", "legal_bases", "receipts", "persons",
                           "control_exceptions", "joint_budget", "deadlines"})
    story.check("braid view " + std::string(view) + " --ledger L --format json");
  story.check("braid view identities --ledger L --unseal");
  CHECK(story.run("braid view receipts --unseal --ledger L").exit == 0);

  const auto sealed = story.check("echo '" + needs + "' | braid vault seal " + story.token +
                                  " --ledger L");
  CHECK_THAT(sealed.out, Contains("\"keyId\"") && Contains("\"nonce\"") && Contains("\"box\""));

  INFO(story.printed_);
  CHECK(identifiers_in(story.printed_).empty());
  check_holds_none(story.path() / "L");
}

TEST_CASE("What is sealed is opened on a live basis or consent, and who looked is recorded first") {
  Story story;
  const auto refused = story.open();
  CHECK(refused.exit == 1);
  CHECK_THAT(refused.err, Contains("not opened. R75 person: WMC has no live legal basis"));
  CHECK(identifiers_in(refused.out + refused.err).empty());

  REQUIRE(story.record_basis().exit == 0);
  const auto opened = story.open("--format json");
  CHECK(opened.exit == 0);
  for (const auto& text : {name, street, nhs_number, needs, refusal})
    CHECK_THAT(opened.out, Contains(text));
  CHECK_THAT(opened.out, Contains("\"field\":\"identity\"") && Contains("\"field\":\"reasons\"") &&
                             Contains("\"field\":\"reason\"") &&
                              Contains("\"field\":\"outcomes[0].words\""));
  CHECK_THAT(opened.out + opened.err, Contains("Recorded: WMC b.okafor opened this"));

  const auto looked = story.check("braid view openings --ledger L --format csv --show "
                                  "organisation,officer,purpose --where person=" + story.token);
  CHECK_THAT(looked.out, Contains("WMC,b.okafor,review"));

  REQUIRE(story.record_basis("2026-01-01").exit == 0);  // ended
  CHECK(story.open().exit == 1);
  REQUIRE(story.say(R"("consentGiven":{"person":")" + story.token +
                    R"(","purpose":"sharing","by":"self","capacity":true})").exit == 0);
  CHECK(story.open().exit == 0);
  REQUIRE(story.say(R"("consentWithdrawn":{"person":")" + story.token +
                    R"(","purpose":"sharing","by":"self"})").exit == 0);
  CHECK(story.open().exit == 1);
  story.check("braid verify --ledger L");
}

TEST_CASE("The vault opens by a master key from the environment, and destroys nobody's by it") {
  Story story;
  REQUIRE(story.record_basis().exit == 0);
  story.check("mv L/keys/vault.key inputs/elsewhere");
  CHECK_THAT(story.open().err, Contains("or give it in BRAID_VAULT_KEY"));
  const std::string given = "BRAID_VAULT_KEY=$(cat inputs/elsewhere) ";
  CHECK_THAT(story.open("--format csv", given).out, Contains(name));
  CHECK_THAT(story.open("", "BRAID_VAULT_KEY=nonsense ").err,
             Contains("BRAID_VAULT_KEY") && !Contains("nonsense"));
  const auto refused = story.erase("--key council.pem --publisher WMC", given);
  CHECK(refused.exit == 2);
  CHECK_THAT(refused.err, Contains("put it into a file"));
  CHECK_THAT(story.open("--format csv", given).out, Contains(name));  // nothing was published
  story.check("mv inputs/elsewhere L/keys/vault.key");
  CHECK(story.erase().exit == 0);
}

TEST_CASE("With a master key from the environment an accepted erasure waits, and says for what") {
  Story story;
  REQUIRE(story.record_basis().exit == 0);
  story.check("mv L/keys/vault.key inputs/elsewhere");
  const auto said = story.say(R"("identityErased":{"person":")" + story.token +
                              R"(","ground":"retentionEnded","by":"self"})");
  REQUIRE(said.exit == 0);
  const auto opened = story.run(
      "echo text | BRAID_VAULT_KEY=$(cat inputs/elsewhere) braid vault seal " + story.token +
      " --ledger L");
  CHECK(opened.exit == 3);
  CHECK_THAT(opened.err, Contains("put it into a file"));
  story.check("mv inputs/elsewhere L/keys/vault.key");
  CHECK_THAT(story.open().err, Contains("there is nothing to open"));
}

TEST_CASE("A vault that nothing was sealed in yet opens by a key from the environment") {
  const braid::support::TemporaryFolder folder;
  const auto run = [&](const std::string& command) { return run_shell(command, folder.path()); };
  REQUIRE(run("braid init --ledger L --name people --operator X26").exit == 0);
  REQUIRE(run("mv L/keys/vault.key away").exit == 0);
  const auto token = run("echo '943 476 5919' | braid person token --ledger L").out;
  const auto sealed = run("echo text | BRAID_VAULT_KEY=$(cat away) braid vault seal " +
                          token.substr(0, token.find('\n')) + " --ledger L");
  INFO(sealed.err);
  CHECK(sealed.exit == 0);
}

TEST_CASE("Only the texts of one event are opened where it is named") {
  Story story;
  REQUIRE(story.record_basis().exit == 0);
  const auto one = story.open("--format csv --event " + linking);
  CHECK(one.exit == 0);
  CHECK_THAT(one.out, Contains(name) && !Contains(needs));
  CHECK_THAT(story.open("--format csv").out, Contains(needs));
}

TEST_CASE("An erased person can be named by nobody: not from the vault, nor from a copy of it") {
  Story story;
  REQUIRE(story.record_basis().exit == 0);
  REQUIRE(story.open().exit == 0);
  fs::copy(story.path() / "L/vault", story.path() / "copy", fs::copy_options::recursive);
  const auto other = story.erase("--key board.pem --publisher QUY");
  CHECK(other.exit == 1);
  CHECK_THAT(other.err, Contains("not erased"));
  REQUIRE(story.open().exit == 0);  // and so nothing was destroyed

  const auto erased = story.erase();
  INFO(erased.err);
  CHECK(erased.exit == 0);
  CHECK_THAT(erased.out, Contains("The key is destroyed"));
  CHECK(identifiers_in(erased.out + erased.err).empty());
  CHECK_THAT(story.open().err, Contains("there is nothing to open"));
  CHECK(story.erase().exit == 1);
  CHECK_THAT(story.run("echo text | braid vault seal " + story.token + " --ledger L").err,
             Contains("nothing about them is sealed again"));
  CHECK_THAT(story.check("braid view identities --ledger L --format csv --show erased").out,
             Contains("20"));
  CHECK_THAT(story.check("braid view erasures --ledger L --format csv").out,
             Contains("retentionEnded"));
  story.check("braid verify --ledger L");
  check_holds_none(story.path() / "L");

  fs::remove_all(story.path() / "L/vault");
  fs::rename(story.path() / "copy", story.path() / "L/vault");
  CHECK_THAT(story.run("echo text | braid vault seal " + story.token + " --ledger L").err,
             Contains("a copy from before somebody was erased"));
}

TEST_CASE("An erasure that was accepted is carried out by whoever opens the vault next") {
  Story story;
  const auto key = story.path() / "L/keys/vault.key", away = story.path() / "away";
  fs::rename(key, away);
  const auto said = story.say(R"("identityErased":{"person":")" + story.token +
                              R"(","ground":"retentionEnded","by":"self"})");
  CHECK(said.exit == 0);
  CHECK_THAT(said.err, Contains("erasure is accepted, and their key is not destroyed yet"));
  fs::rename(away, key);
  const auto before = content_of(key);
  SECTION("by a command") {
    CHECK(story.run("echo text | braid vault seal " + story.token + " --ledger L").exit == 1);
  }
  SECTION("by serve, as soon as it listens") {
    Running serve({"serve", "--ledger", "L", "--json"}, story.path());
    REQUIRE(serve.hear().find("listening") != std::string::npos);
    serve.signal(SIGTERM);
    CHECK(serve.wait() == 0);
  }
  CHECK(content_of(key) != before);  // the master key went with it
  CHECK_THAT(story.open().err, Contains("there is nothing to open"));
}

TEST_CASE("An erasure that another body sends to serve is carried out while it runs") {
  Story story;
  const auto before = content_of(story.path() / "L/keys/vault.key");
  Running serve({"serve", "--ledger", "L", "--json"}, story.path());
  REQUIRE(serve.hear().find("listening") != std::string::npos);
  REQUIRE(story.record_basis().exit == 0);
  REQUIRE(story.open().exit == 0);  // through its socket
  REQUIRE(story.say(R"("identityErased":{"person":")" + story.token +
                    R"(","ground":"retentionEnded","by":"self"})").exit == 0);
  serve.signal(SIGTERM);
  CHECK(serve.wait() == 0);
  CHECK(content_of(story.path() / "L/keys/vault.key") != before);
  CHECK_THAT(story.open().err, Contains("there is nothing to open"));
}

TEST_CASE("A vault put back from a copy with its master key forgets again whom the ledger forgot") {
  Story story;
  fs::copy(story.path() / "L/vault", story.path() / "copy", fs::copy_options::recursive);
  fs::copy(story.path() / "L/keys/vault.key", story.path() / "copy.key");
  REQUIRE(story.erase().exit == 0);
  fs::remove_all(story.path() / "L/vault");
  fs::rename(story.path() / "copy", story.path() / "L/vault");
  fs::rename(story.path() / "copy.key", story.path() / "L/keys/vault.key");
  CHECK_THAT(story.open().err, Contains("there is nothing to open"));
}

TEST_CASE("Who was erased before anything was sealed about them is not sealed about afterwards") {
  Story story;
  const auto other = std::string(63, 'a') + "1";
  REQUIRE(story.say(R"("legalBasisRecorded":{"person":")" + other +
                        R"(","basis":"publicTask","condition":"healthOrSocialCare",)" +
                        R"("from":"2020-01-01"})",
                    R"("authority":"Care Act 2014 s.9",)").exit == 0);
  REQUIRE(story.say(R"("identityErased":{"person":")" + other +
                    R"(","ground":"objection","by":"self"})").exit == 0);
  const auto sealed = story.run("echo text | braid vault seal " + other + " --ledger L");
  CHECK(sealed.exit == 1);
  CHECK_THAT(sealed.err, Contains("nothing about them is sealed again"));
}
