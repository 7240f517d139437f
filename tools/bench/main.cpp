#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "tools/bench/benches.hpp"
#include "tools/bench/measure.hpp"

int main(int argc, char** argv) {
  CLI::App app{
      "Measures Braid on the embedded engine, side by side with baselines of its own in the same "
      "run.\n"
      "Example: braid-bench replay --events 1000000 --folder /tmp/braid-bench"};
  std::filesystem::path folder = std::filesystem::temp_directory_path() / "braid-bench";
  int rounds = 5;
  std::size_t events = 10'000'000;
  app.add_option("--folder", folder, "where ledgers are made; emptied first")
      ->capture_default_str();
  app.add_option("--rounds", rounds, "how often each is measured, in turn")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  auto* accept = app.add_subcommand("accept", "P2, P3, P4: accepting events");
  auto* replay =
      app.add_subcommand("replay", "P1, P10: proving a history and rebuilding its views");
  replay->add_option("--events", events, "how many events to record first")->capture_default_str();
  for (auto* command : {accept, replay}) command->fallthrough();
  app.require_subcommand(1);
  CLI11_PARSE(app, argc, argv);
  try {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    fmt::print("{}\n", braid::bench::machine());
    if (*accept) braid::bench::bench_accept(folder, rounds);
    if (*replay) braid::bench::bench_replay(folder, rounds, events);
  } catch (const std::exception& failed) {
    fmt::print(stderr, "braid-bench: {}\n", failed.what());
    return 3;
  }
  return 0;
}
