#include "adapters/kafka/faults.hpp"

#include <librdkafka/rdkafka.h>

#include <catch2/catch.hpp>

using namespace braid;
using kafka::Remedy;
using kafka::remedy_for;

TEST_CASE("Brokers that are away are waited for, and what is refused is given up") {
  CHECK(remedy_for(RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) == Remedy::wait);
  CHECK(remedy_for(RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION) == Remedy::wait);
  CHECK(remedy_for(RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS) == Remedy::wait);
  CHECK(remedy_for(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED) == Remedy::give_up);
  CHECK(remedy_for(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE) == Remedy::give_up);
  CHECK(remedy_for(RD_KAFKA_RESP_ERR__SSL) == Remedy::give_up);
}

TEST_CASE("A write that timed out, a gap, and an error that nobody knows have an unknown outcome") {
  for (const auto error : {RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, RD_KAFKA_RESP_ERR__GAPLESS_GUARANTEE,
                           RD_KAFKA_RESP_ERR__FATAL, RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER,
                           RD_KAFKA_RESP_ERR__PURGE_INFLIGHT, RD_KAFKA_RESP_ERR_UNKNOWN}) {
    CHECK(remedy_for(error) == Remedy::unknown);
    CHECK_THROWS_AS(kafka::throw_fault(error, "write braid.ledger/0"), OutcomeUnknown);
  }
  CHECK(remedy_for(4711) == Remedy::unknown);
}

TEST_CASE("An error is told in a sentence of ours and in librdkafka's own words") {
  CHECK(kafka::sentence(RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, "read braid.ledger/0") ==
        "cannot read braid.ledger/0: no broker answers; is the address right, and do they run? "
        "(Local: All broker connections are down)");
  CHECK(kafka::sentence(RD_KAFKA_RESP_ERR_UNKNOWN, "write") ==
        "cannot write: Unknown broker error");
  CHECK_THROWS_AS(kafka::throw_fault(RD_KAFKA_RESP_ERR__SSL, "read"), IoFault);
}
