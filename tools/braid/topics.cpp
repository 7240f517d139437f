// `braid topics check`: whether the topics of a ledger on Kafka keep what the ledger promises.
#include "adapters/kafka/topic_check.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/reading_ledger.hpp"

namespace braid::cli {
namespace {

struct Options {
  bool single_broker = false;
  std::uint32_t partitions = 0;
  Format format = Format::table;
};

/// As founded; a ledger that is not founded yet is asked about with --partitions.
std::uint32_t partitions_of(const Options& options, const LedgerPlace& place) {
  return options.partitions != 0 ? options.partitions : open_founded(place).founding.partitions;
}

Exit check(const Options& options, const Common& common) {
  const auto place = common.place();
  const auto& address = place.on_kafka("an embedded ledger has no topics");
  const auto connection = open_connection(address);
  const kafka::Topics topics(address.prefix);
  const auto found = kafka::check_topics(connection, topics, partitions_of(options, place));
  const auto printer = make_printer(options.format,
                                    {"check",
                                     "topics",
                                     "",
                                     {{"topic", false},
                                      {"setting", false},
                                      {"found", false},
                                      {"expected", false},
                                      {"why", false}}},
                                    stdout, line_width(stdout));
  bool safe = true;
  for (const auto& unsafe : found) {
    if (unsafe.single_broker && options.single_broker) continue;
    safe = false;
    printer->row(std::vector{Cell::of_text(unsafe.topic), Cell::of_text(unsafe.setting),
                             Cell::of_text(unsafe.found), Cell::of_text(unsafe.expected),
                             Cell::of_text(unsafe.why)});
  }
  std::vector<std::string> remarks = kafka::who_may_write(connection, topics);
  if (safe) remarks.insert(remarks.begin(), "The topics are safe.");
  printer->end(remarks, {});
  return safe ? Exit::done : Exit::refused;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_flag("--single-broker", options->single_broker,
               "leave out what a single broker cannot have: for trying things out");
  app.add_option("--partitions", options->partitions,
                 "as founded; by itself it is read from the register");
  add_format_option(app, options->format);
  return [options, &common] { return check(*options, common); };
}

}  // namespace

const Command topics_check_command = {
    .name = "topics check",
    .summary = "names every setting of a ledger's topics on which its promises do not hold",
    .example = "  braid topics check --ledger 'kafka://localhost:9092?data=./here'",
    .declare = declare,
};

}  // namespace braid::cli
