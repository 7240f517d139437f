#include <catch2/catch.hpp>
#include <fstream>

#include "tests/support/kafka_copies.hpp"
#include "tests/support/soon.hpp"

// Commands that keep copies of a ledger on Kafka as it grows, and one that fills it.

using namespace braid;
using namespace braid::test;
using Catch::Contains;

namespace {

/// Whether a process that keeps views live comes to those that a process of its own builds now.
bool keeps_up(const KafkaLedger& ledger, const std::string& member, std::uint32_t partition) {
  const auto projected = ledger.run("reader", "project");
  INFO(projected.err);
  REQUIRE(projected.exit == 0);
  const auto expected = views_of(ledger, "reader", partition);
  REQUIRE(expected.has_value());
  return support::soon([&] { return views_of(ledger, member, partition) == expected; });
}

}  // namespace

TEST_CASE("project --follow keeps a full replica's views live, to the byte") {
  KafkaLedger ledger({.seed = 19});
  ledger.sequence("one");
  auto& replica = ledger.project("replica");
  ledger.publish_registry();
  for (int i = 0; i < 3; ++i) {
    ledger.publish_next(30);
    CHECK(keeps_up(ledger, "replica", 0));
  }
  CHECK(keeps_up(ledger, "replica", register_partition));
  replica.terminate();
  CHECK(replica.wait() == 0);
}

TEST_CASE("project --group shares places out, and who stays takes over from who leaves") {
  KafkaLedger ledger({.partitions = 2, .seed = 21});
  ledger.sequence("one");
  ledger.publish_registry();
  const auto partition = ledger.publish_next(20).partition;
  const std::vector<std::string> words = {"project", "--follow", "--group", "views"};
  ledger.begin("left", words);
  CHECK(keeps_up(ledger, "left", partition));
  ledger.begin("right", words);
  CHECK(keeps_up(ledger, "right", register_partition));
  ledger.member("left").terminate();
  CHECK(ledger.member("left").wait() == 0);
  ledger.publish_next(20);
  CHECK(keeps_up(ledger, "right", partition));
  ledger.begin("left", words);
  CHECK(keeps_up(ledger, "left", register_partition));
  ledger.member("right").terminate();
  CHECK(ledger.member("right").wait() == 0);
  ledger.publish_next(20);
  CHECK(keeps_up(ledger, "left", partition));
}

TEST_CASE("mirror --follow goes on while writers write, stops when told, and verifies") {
  KafkaLedger ledger({.seed = 23});
  ledger.sequence("one");
  ledger.publish_registry();
  ledger.publish_next(40);
  KafkaMember mirror(ledger.folder("auditor"),
                     {"mirror", "--follow", "--format", "csv", "--from",
                      "kafka://" + ledger.brokers() + "/" + ledger.prefix(), "--to",
                      (ledger.folder("auditor") / "data").string()});
  REQUIRE_THAT(mirror.hear(), Contains("partition"));
  for (int i = 0; i < 5; ++i) ledger.publish_next(40);
  REQUIRE(ledger.sign_checkpoints("operator").exit == 0);
  auto framed = ledger.sign(ledger.county().next(40));
  const auto number = ledger.send(0, framed);  // on its way when it is stopped
  std::string line;
  do line = mirror.hear();
  while (!line.empty() && line.find("partition 0 is complete to ") == line.npos);
  CHECK_FALSE(line.empty());
  mirror.terminate();
  CHECK(mirror.wait() == 0);
  ledger.receive(number, 0, std::move(framed));
  const auto verified =
      run_shell("braid verify --ledger data --format csv", ledger.folder("auditor"));
  INFO(verified.out + verified.err);
  CHECK(verified.exit == 0);
  REQUIRE(ledger.mirror("auditor").exit == 0);
  const auto of_mirror = [&](const std::string& command) {
    return run_shell("braid " + command + " --ledger data", ledger.folder("auditor")).out;
  };
  for (const std::string command :
       {"audit sample --seed words --size 9 --format csv", "audit hledger"}) {
    const auto asked = ledger.run("operator", command);
    INFO(command << ": " << asked.err);
    CHECK(asked.exit == 0);
    CHECK(asked.out == of_mirror(command));
  }
  CHECK(what_was_untrue(ledger.told(), ledger.directory("auditor")) == "");
}

TEST_CASE("a published list of spending is imported once, however often it is given") {
  KafkaLedger ledger({.seed = 25});
  ledger.sequence("one");
  ledger.publish_registry();
  std::ofstream(ledger.folder("operator") / "may.csv")
      << "Directorate,Service Area,Group Description,Paid Date,Supplier Name,Internal Ref,"
         "Cap/Rev,Cost Centre,Cost Centre Name,Total (excludes VAT)\n"
         "ASC,Adult Social Care,Revenue Expenditure,2022-05-10,Alderbrook Care Ltd,8600000,"
         "revenue,1ZZ34,Care Spot,203\n"
         "ASC,Adult Social Care,Revenue Expenditure,2022-05-11,Tansy Home Support,8600001,"
         "revenue,1ZZ34,Direct Payments,2408.03\n";
  const auto import = [&] {
    auto ran = ledger.run("operator", "import spend may.csv --format csv --publisher " +
                                          std::string(synth::County::operator_code) +
                                          " --place northshire --key ../operator.pem");
    INFO(ran.err);
    CHECK(ran.exit == 0);
    return ran.out;
  };
  const auto size = [&] {
    REQUIRE(ledger.run("reader", "project").exit == 0);
    return ledger.run("reader", "log --partition 0").out;
  };
  CHECK_THAT(import(), Contains("may.csv,imported,2022-05,2,2611.03"));
  const auto log = size();
  CHECK_THAT(log, Contains("8600001"));
  CHECK_THAT(import(), Contains("may.csv,already imported,2022-05,2,2611.03"));
  CHECK(size() == log);
}

TEST_CASE("a topic that has got more partitions is named, and nobody begins to sequence on it") {
  KafkaLedger ledger({.partitions = 2, .seed = 27});
  const auto topic = ledger.topics().submissions(0).topic;
  const auto check = [&] {
    return ledger.run("operator", "topics check --single-broker --format csv");
  };
  CHECK(check().exit == 0);
  ledger.add_partitions(topic, 3);
  REQUIRE(support::soon([&] { return check().exit == 1; }));
  CHECK_THAT(check().out, Contains(topic + ",partitions,3,2,"));
  auto& begun = ledger.begin("one", {"sequence", "--single-broker"});
  CHECK(begun.wait() == 1);
  CHECK_THAT(begun.said(), Contains(topic + ": partitions is 3, not 2") && Contains("not safe"));
}

TEST_CASE("an auditor is answered of a ledger on Kafka as of a mirror of it") {
  KafkaLedger ledger({.seed = 31});
  ledger.sequence("one");
  ledger.publish_registry();
  const auto id = ledger.publish_next(60).receipts.front().event.text();
  for (int i = 0; i < 3; ++i) ledger.publish_next(60);
  ledger.member("one").terminate();  // signs what there is
  REQUIRE(ledger.member("one").wait() == 0);
  REQUIRE(ledger.mirror("mirror").exit == 0);
  const auto folder = ledger.folder("auditor");
  const auto of_mirror = " --ledger '" + (ledger.folder("mirror") / "data").string() + "'";
  const auto of_kafka = " --ledger '" + ledger.address("auditor") + "'";
  const auto run = [&](const std::string& command, const std::string& of) {
    auto ran = run_shell("braid " + command + of, folder);
    INFO("braid " << command << of << ": " << ran.err);
    REQUIRE(ran.exit == 0);
    return ran.out;
  };
  run("project", of_mirror);
  for (const std::string command : {
           "audit at 40 --partition 0 view health --format csv",
           "audit at 40 --partition 0 report trial-balance --format csv",
           "audit at now view joint-budget --format csv",
           "audit diff 40 now --partition 0 --format csv",
           "audit diff 0 now --partition 0 --entries --format csv",
           "audit hledger",
           "audit sample --seed 'a seed' --size 3 --format csv",
           "report allocation --format csv",
           "log --partition 0 --format csv",
       }) {
    INFO(command);
    CHECK(run(command, of_kafka) == run(command, of_mirror));
  }
  CHECK(run("audit explain event " + id, of_kafka) == run("audit explain event " + id, of_mirror));
  run("verify", of_kafka);
  run("audit verify", of_kafka);

  // What one of them wrote the other one finds true.
  run("report allocation --format csv > report.csv", of_kafka);
  run("audit report report.csv", of_mirror);
  run("report allocation --format json > report.json", of_mirror);
  run("audit report report.json", of_kafka);
  run("audit evidence event " + id + " --to evidence", of_kafka);
  run("audit evidence check evidence", "");
  run("audit export exported", of_kafka);
  run("audit export exported", of_mirror);  // what is there already is the same
  const auto pools = run("view pools --format csv", of_kafka);
  const auto pool = std::string(pools.substr(pools.find('\n') + 1)).substr(0, 36);
  run("audit reconcile --ours '" + ledger.address("auditor") + "' --theirs '" +
          (ledger.folder("mirror") / "data").string() + "' --pool " + pool,
      "");
}
