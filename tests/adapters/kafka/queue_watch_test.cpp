#include "adapters/kafka/queue_watch.hpp"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>
#include <chrono>

#include "adapters/kafka/connection.hpp"

using namespace braid;

TEST_CASE("A loop is woken whenever a queue has something, and not after the watch is gone") {
  const auto nowhere = kafka::Connection::open({"127.0.0.1:1", "braid", "data", {}}).value();
  // Statistics come every 10 ms: a queue that fills by itself, without a broker.
  const auto client = nowhere.producer({{"statistics.interval.ms", "10"}});
  const kafka::QueueHandle queue(rd_kafka_queue_get_main(client.get()));
  boost::asio::io_context loop;
  kafka::ClientHealth health;
  int woken = 0;
  int events = 0;
  const auto run = [&] { loop.run_one_for(std::chrono::seconds(10)); };
  {
    kafka::QueueWatch watch(loop.get_executor(), queue.get(), [&] {
      ++woken;
      while (const auto event = kafka::EventHandle(rd_kafka_queue_poll(queue.get(), 0)))
        events += note_health(event.get(), health) ? 1 : 0;
    });
    run();
    CHECK(woken == 1);  // for what came before it watched
    for (int i = 0; i < 5; ++i) run();
    CHECK(woken == 6);
    CHECK(events > 0);
    CHECK_FALSE(health.statistics.empty());
  }
  loop.run_for(std::chrono::milliseconds(50));
  CHECK(woken == 6);
}
