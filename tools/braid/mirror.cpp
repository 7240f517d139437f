// `braid mirror`: an auditor's own copy of a ledger on Kafka, entry for entry, under the same roots.
#include <fmt/format.h>

#include "events/faults.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/mirroring.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/progress.hpp"
#include "tools/braid/until_stopped.hpp"

namespace braid::cli {
namespace {

constexpr std::chrono::seconds between_looks{5};

struct Options {
  std::string from;
  std::string to;
  bool follow = false;
  Format format = Format::table;
};

kafka::Address address_of(const Options& options) {
  if (!kafka::is_address(options.from))
    throw UsageError("--from: give the ledger's address, kafka://HOST:PORT[/PREFIX]");
  const auto joint = options.from.find('?') == options.from.npos ? "?" : "&";
  auto address = kafka::parse_address(options.from + joint + "data=" + options.to);
  if (!address) throw UsageError("--from: " + address.error());
  return std::move(*address);
}

void print_row(SheetPrinter& printer, const Mirrored& mirrored) {
  printer.row(std::vector{Cell::of_text(name_of_partition(mirrored.partition)),
                          Cell::of_count(mirrored.entries), Cell::of_count(mirrored.checkpoints),
                          Cell::of_count(mirrored.complete),
                          mirrored.complete == 0 ? Cell::none() : Cell::of_text(mirrored.root.hex())});
}

std::vector<Mirrored> bring_up_all(Mirroring& mirroring, const Founding& founding) {
  std::vector<Mirrored> all;
  for (const auto partition : founding.all_partitions())
    all.push_back(mirroring.bring_up(partition));
  return all;
}

void print(const std::vector<Mirrored>& all, const Options& options) {
  const auto printer = make_printer(options.format,
                                    {"check",
                                     "mirror",
                                     "",
                                     {{"partition", false},
                                      {"entries", true},
                                      {"checkpoints", true},
                                      {"complete", true},
                                      {"root", false}}},
                                    stdout, line_width(stdout));
  std::vector<std::string> remarks = {"Each partition is complete to the largest size that the "
                                      "operator has signed, and its root was computed here."};
  for (const auto& each : all) {
    print_row(*printer, each);
    if (each.complete < each.entries)
      remarks.push_back(fmt::format(
          "Of partition {}, {} entries are behind that: they are there, and not signed yet.",
          name_of_partition(each.partition), grouped(each.entries - each.complete)));
  }
  printer->end(remarks, {});
}

void tell_growth(const std::vector<Mirrored>& last, const std::vector<Mirrored>& now) {
  for (std::size_t i = 0; i < now.size(); ++i)
    if (now[i].complete != last[i].complete)
      fmt::print("partition {} is complete to {} entries, root {}\n",
                 name_of_partition(now[i].partition), now[i].complete, now[i].root.hex());
  std::fflush(stdout);
}

/// On and on. Brokers that are away are waited for, which is said once; another history ends it.
void follow(Mirroring& mirroring, const Founding& founding, std::vector<Mirrored> last) {
  UntilStopped until_stopped;
  std::string said;
  until_stopped.every(between_looks, [&] {
    try {
      const auto now = bring_up_all(mirroring, founding);
      tell_growth(last, now);
      last = now;
      said.clear();
    } catch (const HistoryBroken&) {
      throw;
    } catch (const Fault& fault) {
      if (said != fault.what()) say(fmt::format("the mirror waits: {}", fault.what()));
      said = fault.what();
    }
  });
  until_stopped.run();
}

Exit mirror(const Options& options) try {
  KafkaLedger kafka(address_of(options), {});
  const auto& founding = kafka.ledger().founding;
  Mirroring mirroring(kafka);
  const auto all = bring_up_all(mirroring, founding);
  print(all, options);
  std::fflush(stdout);
  if (options.follow) follow(mirroring, founding, all);
  return Exit::done;
} catch (const HistoryBroken& broken) {
  throw Refused(broken.what());
}

Command::Run declare(CLI::App& app, const Common&) {
  auto options = std::make_shared<Options>();
  app.add_option("--from", options->from, "the ledger on Kafka: kafka://HOST:PORT[/PREFIX]")
      ->required();
  app.add_option("--to", options->to, "the folder of the mirror; it is made where there is none")
      ->required();
  app.add_flag("--follow", options->follow, "go on as the history grows, until stopped");
  add_format_option(app, options->format);
  return [options] { return mirror(*options); };
}

}  // namespace

const Command mirror_command = {
    .name = "mirror",
    .summary = "copy a ledger on Kafka into a directory, and hold it against what was signed",
    .example = "  braid mirror --from kafka://localhost:9092 --to ./mirror\n"
               "  braid verify --ledger ./mirror",
    .declare = declare,
};

}  // namespace braid::cli
