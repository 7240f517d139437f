#include "adapters/kafka/connection.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "adapters/kafka/faults.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace braid;
using braid::support::TemporaryFolder;
using Catch::Contains;

namespace {

/// Nothing listens there.
kafka::Address nowhere(std::filesystem::path config = {}) {
  return {"127.0.0.1:1", "braid", "data", std::move(config)};
}

std::string objection_to(const std::string& properties) {
  TemporaryFolder folder;
  std::ofstream(folder / "properties") << properties;
  const auto connection = kafka::Connection::open(nowhere(folder / "properties"));
  return connection ? "none" : connection.error();
}

}  // namespace

TEST_CASE("A properties file says how the brokers are reached and trusted") {
  CHECK(objection_to("# how we reach them\n\nsecurity.protocol = sasl_ssl \r\n"
                     "sasl.mechanisms=PLAIN\nsasl.username=ada\nsasl.password=a=b # c\n"
                     "ssl.ca.location=/etc/ssl/certs/ca.pem\nsocket.timeout.ms=5000\n"
                     "compression.codec=lz4\nclient.id=leeds") == "none");
}

TEST_CASE("A properties file cannot set what the ledger's promises rest on") {
  for (const auto* name :
       {"acks", "request.required.acks", "enable.idempotence", "enable.gapless.guarantee",
        "isolation.level", "auto.offset.reset", "enable.auto.commit", "message.timeout.ms",
        "max.in.flight", "group.id", "transactional.id", "bootstrap.servers", "check.crcs",
        "plugin.library.paths", "enable.ssl.certificate.verification"})
    CHECK_THAT(objection_to("security.protocol=ssl\n" + std::string(name) + "=1\n"),
               Contains("line 2: " + std::string(name) + " is not for this file to set"));
}

TEST_CASE("A line that is not understood is named, and its value is not shown") {
  CHECK_THAT(objection_to("ssl.no.such.thing=hunter2"),
             Contains("line 1: librdkafka has no property ssl.no.such.thing") &&
                 !Contains("hunter2"));
  CHECK_THAT(objection_to("\nsecurity.protocol=hunter2"),
             Contains("line 2: the value of security.protocol") && !Contains("hunter2"));
  CHECK_THAT(objection_to("sasl.password hunter2"),
             Contains("line 1: a line is name=value") && !Contains("hunter2"));
  CHECK_THAT(objection_to(std::string(70'000, '#')), Contains("too long"));
  CHECK_THAT(kafka::Connection::open(nowhere("/no/such/file")).error(),
             Contains("cannot read /no/such/file"));
}

TEST_CASE("A client is made, or says which property it does not take") {
  const auto connection = kafka::Connection::open(nowhere()).value();
  CHECK(connection.producer({{"enable.idempotence", "true"}}) != nullptr);
  CHECK(connection.consumer({{"isolation.level", "read_uncommitted"}}) != nullptr);
  CHECK_THROWS_WITH(connection.producer({{"no.such", "1"}}), Contains("no property no.such"));
  CHECK_THROWS_AS(connection.producer({{"acks", "many"}}), IoFault);
}

TEST_CASE("A client tells when no broker answers") {
  const auto connection = kafka::Connection::open(nowhere()).value();
  const auto client = connection.producer({});
  const kafka::QueueHandle queue(rd_kafka_queue_get_main(client.get()));
  kafka::ClientHealth health;
  for (int events = 0; events < 20 && !health.brokers_down; ++events) {
    const kafka::EventHandle event(rd_kafka_queue_poll(queue.get(), 10'000));
    REQUIRE(event != nullptr);
    CHECK(note_health(event.get(), health));
  }
  CHECK(health.brokers_down);
  CHECK_FALSE(health.last_error.empty());
}
