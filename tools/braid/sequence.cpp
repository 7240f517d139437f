// `braid sequence`: this process's part in judging what is submitted to a ledger on Kafka.
#include <fmt/format.h>
#include <unistd.h>

#include "tools/braid/commands.hpp"
#include "tools/braid/kafka_process.hpp"
#include "tools/braid/output/cell.hpp"

namespace braid::cli {
namespace {

struct Options {
  KafkaProcess::Options process;
  bool json = false;
};

Exit sequence(const Options& options, const Common& common) {
  const auto place = common.place();
  KafkaProcess process(place.on_kafka("use `braid serve`"), options.process);
  const auto& name = process.kafka().ledger().founding.name;
  if (options.json) {
    fmt::print(R"({{"status":"sequencing","ledger":{},"pid":{}}})"
               "\n",
               json_text(name), ::getpid());
    std::fflush(stdout);
  } else {
    say(fmt::format("sequencing the ledger \"{}\" of {}; Ctrl-C or SIGTERM stops", name,
                    place.text()));
  }
  process.run();
  return Exit::done;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  options->process.declare(app);
  app.add_flag("--json", options->json, "say on standard output, in JSON, when it has begun");
  return [options, &common] { return sequence(*options, common); };
}

}  // namespace

const Command sequence_command = {
    .name = "sequence",
    .summary = "judge what is submitted to a ledger on Kafka; any number of processes share it",
    .example = "  braid sequence --ledger 'kafka://localhost:9092?data=./here'",
    .declare = declare,
};

}  // namespace braid::cli
