#include "adapters/kafka/address.hpp"

#include <catch2/catch.hpp>

using namespace braid;
using kafka::Address;
using kafka::parse_address;

namespace {

std::string objection_to(std::string_view text) {
  const auto address = parse_address(text);
  return address ? "none" : address.error();
}

}  // namespace

TEST_CASE("An address names brokers, the topics' prefix, this process's folder and a file") {
  CHECK(parse_address("kafka://localhost:9092?data=/var/lib/braid").value() ==
        Address{"localhost:9092", "braid", "/var/lib/braid", ""});
  CHECK(parse_address("kafka://a.nhs.uk:9092,10.0.0.7:9093,[::1]:1/leeds.trial?config=tls.properties&"
                      "data=here and=there")
            .value() == Address{"a.nhs.uk:9092,10.0.0.7:9093,[::1]:1", "leeds.trial",
                                "here and=there", "tls.properties"});
}

TEST_CASE("What is shown of an address names no folder and no file") {
  CHECK(shown(parse_address("kafka://a:1,b:2/leeds?data=d&config=c").value()) ==
        "kafka://a:1,b:2/leeds");
  CHECK(shown(parse_address("kafka://a:1?data=d").value()) == "kafka://a:1");
}

TEST_CASE("A folder is no address, whatever its name") {
  CHECK(kafka::is_address("kafka://anything"));
  CHECK_FALSE(kafka::is_address("kafka:/a:1"));
  CHECK_FALSE(kafka::is_address("/var/kafka://a:1"));
}

TEST_CASE("An address that is not understood is refused with the part that is wrong") {
  using Catch::Contains;
  CHECK_THAT(objection_to("/a/folder"), Contains("does not begin with kafka://"));
  CHECK_THAT(objection_to("kafka://?data=d"), Contains("HOST:PORT is missing"));
  CHECK_THAT(objection_to("kafka://a:1,?data=d"), Contains("HOST:PORT is missing"));
  for (const auto* wrong : {"a", "a:", ":1", "a:0", "a:65536", "a:1x", "a b:1", "[]:1", "::1:9"})
    CHECK_THAT(objection_to("kafka://" + std::string(wrong) + "?data=d"),
               Contains("\"" + std::string(wrong) + "\" is no HOST:PORT"));
  for (const auto& wrong : {std::string(), std::string("a/b"), std::string(".."),
                            std::string("a b"), std::string(201, 'a')})
    CHECK_THAT(objection_to("kafka://a:1/" + wrong + "?data=d"), Contains("is no PREFIX"));
  CHECK_THAT(objection_to("kafka://a:1"), Contains("data=DIR is missing"));
  CHECK_THAT(objection_to("kafka://a:1?data="), Contains("data names nothing"));
  CHECK_THAT(objection_to("kafka://a:1?data=d&data=e"), Contains("data is said twice"));
  CHECK_THAT(objection_to("kafka://a:1?data=d&acks=1"), Contains("\"acks\" is not among"));
}

TEST_CASE("A password in an address is refused, and not shown again") {
  const auto objection = objection_to("kafka://ada:secret@a:1?data=d");
  CHECK_THAT(objection, Catch::Contains("no place in an address"));
  CHECK_THAT(objection, !Catch::Contains("secret"));
}
