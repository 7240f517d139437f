#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "tools/bench/benches.hpp"
#include "tools/bench/measure.hpp"

int main(int argc, char** argv) {
  CLI::App app{
      "Measures Braid on the embedded engine and on Kafka, side by side with baselines of its own in the same "
      "run.\n"
      "Example: braid-bench replay --events 1000000 --folder /tmp/braid-bench"};
  std::filesystem::path folder = std::filesystem::temp_directory_path() / "braid-bench";
  int rounds = 0;
  std::size_t events = 10'000'000;
  app.add_option("--folder", folder, "where ledgers are made; emptied first")
      ->capture_default_str();
  app.add_option("--rounds", rounds, "how often each is measured, in turn")
      ->check(CLI::Range(1, 100))
      ->default_str("5; 3 on Kafka");
  auto* accept = app.add_subcommand("accept", "P2, P3, P4: accepting events");
  auto* replay =
      app.add_subcommand("replay", "P1, P10: proving a history and rebuilding its views");
  replay->add_option("--events", events, "how many events to record first")->capture_default_str();
  braid::bench::KafkaOptions on_kafka;
  auto* kafka = app.add_subcommand("kafka", "P5, P6, P7: the same through a broker that runs");
  kafka->add_option("--brokers", on_kafka.brokers, "where it is, HOST:PORT")->required();
  kafka->add_option("--kafka-version", on_kafka.kafka_version, "what to call it");
  kafka->add_option("--events", on_kafka.events, "how many events a round")->capture_default_str();
  kafka->add_option("--seconds", on_kafka.seconds, "how long single events are sent")
      ->check(CLI::Range(1, 600))
      ->capture_default_str();
  auto* audit = app.add_subcommand(
      "audit", "inclusion proofs, the stored tree, the export; verification, `at`, evidence");
  std::size_t leaves = 100'000'000;
  audit->add_option("--events", events, "how many events to record first")->capture_default_str();
  audit->add_option("--leaves", leaves, "of the tree that proofs are made from")
      ->capture_default_str();
  for (auto* command : {accept, replay, kafka, audit}) command->fallthrough();
  app.require_subcommand(1);
  CLI11_PARSE(app, argc, argv);
  try {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    fmt::print("{}\n", braid::bench::machine());
    const auto or_else = [&](int usual) { return rounds == 0 ? usual : rounds; };
    on_kafka.rounds = or_else(3);
    if (*accept) braid::bench::bench_accept(folder, or_else(5));
    if (*replay) braid::bench::bench_replay(folder, or_else(5), events);
    if (*kafka) braid::bench::bench_kafka(folder, on_kafka);
    if (*audit) braid::bench::bench_audit(folder, or_else(5), events, leaves);
  } catch (const std::exception& failed) {
    fmt::print(stderr, "braid-bench: {}\n", failed.what());
    return 3;
  }
  return 0;
}
