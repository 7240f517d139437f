// `braid status`: how a ledger stands on this machine: what is there, who writes, what lags.
#include <fmt/format.h>

#include "adapters/kafka/cluster.hpp"
#include "adapters/kafka/history_reader.hpp"
#include "adapters/lmdb/writer_lock.hpp"
#include "tools/braid/checkpoints.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/last_said.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/views_keeper.hpp"

namespace braid::cli {
namespace {

constexpr std::chrono::seconds brokers_answer_within{5};
constexpr std::size_t digits_of_writer = 8;

struct Options {
  Format format = Format::table;
  bool json = false;
};

/// What both kinds of ledger have of a partition: entries, views, checkpoints.
std::vector<Cell> cells_of(const Ledger& ledger, const lmdb::EventLog& log,
                           std::uint32_t partition) {
  const auto size = log.reader(partition)->size();
  const auto views = view_position(ledger.directory, partition);
  const auto seen = views ? views->chain.size() : 0;
  const auto kept = read_checkpoints(ledger, partition);
  return {Cell::of_text(name_of_partition(partition)), Cell::of_count(size),
          views ? Cell::of_count(seen) : Cell::none(),
          Cell::of_count(size > seen ? size - seen : 0),
          kept && !kept->empty() ? Cell::of_count(kept->back().checkpoint.size) : Cell::none()};
}

/// What one on Kafka has besides: how far its topic was read here, and what was met in it.
void add_reading(const std::optional<kafka::HistoryReader>& reader, std::int64_t end,
                 std::vector<Cell>& cells) {
  const auto offset = reader ? reader->next_offset() : 0;
  cells.push_back(Cell::of_count(static_cast<std::uint64_t>(offset)));
  cells.push_back(end < 0 ? Cell::none() : Cell::of_number(end));
  cells.push_back(end < 0 ? Cell::none() : Cell::of_number(std::max<std::int64_t>(end - offset, 0)));
  const auto counts = reader ? reader->counts() : kafka::ReaderCounts{};
  const bool written = reader && !reader->current().is_nil();
  cells.push_back(written ? Cell::of_text(
                                reader->current().text().substr(0, digits_of_writer))
                          : Cell::none());
  for (const auto count : {counts.barriers, counts.voided, counts.repeated, counts.torn})
    cells.push_back(Cell::of_count(count));
}

std::vector<Heading> headings_of(bool on_kafka) {
  std::vector<Heading> all = {{"partition", false}, {"entries", true}, {"views", true},
                              {"behind", true},     {"signed", true}};
  if (!on_kafka) return all;
  for (const auto* name : {"offset", "end", "lag"}) all.push_back({name, true});
  all.push_back({"writer", false});
  for (const auto* name : {"writers", "void", "repeated", "torn"}) all.push_back({name, true});
  return all;
}

class KafkaStatus {
 public:
  KafkaStatus(const kafka::Address& address, const Ledger& ledger)
      : topics_(address.prefix), positions_(ledger.directory) {
    std::vector<kafka::TopicPartition> places;
    partitions_ = ledger.founding.all_partitions();
    for (const auto partition : partitions_) places.push_back(topics_.log(partition));
    ends_ = kafka::ends_of(open_connection(address), places, brokers_answer_within);
  }

  void add(std::size_t index, std::vector<Cell>& cells) const {
    const auto partition = partitions_[index];
    std::optional<kafka::HistoryReader> reader;
    if (const auto stored = positions_.load(partition))
      if (auto parsed = kafka::HistoryReader::parse(text_of(topics_.log(partition)), *stored))
        reader = std::move(*parsed);
    add_reading(reader, ends_[index], cells);
  }

  [[nodiscard]] bool brokers_answer() const {
    return std::ranges::any_of(ends_, [](auto end) { return end >= 0; });
  }

 private:
  kafka::Topics topics_;
  FilePositions positions_;
  std::vector<std::uint32_t> partitions_;
  std::vector<std::int64_t> ends_;
};

std::string who_holds(const Ledger& ledger) {
  const auto holder = lmdb::WriterLock::holder(ledger.directory);
  const auto path = ledger.directory.root().string();
  if (holder) {
    const auto said = read_said(ledger.directory);
    return *holder + " keeps " + path +
           (said ? fmt::format(". At {} it said: {}.", said->at.text(), said->sentence) : ".");
  }
  return "Nobody keeps " + path + " now; it is as it was left.";
}

Exit status(const Options& options, const Common& common) {
  const auto place = common.place();
  const auto ledger = open_founded(place);
  const lmdb::EventLog log(ledger.directory);
  std::optional<KafkaStatus> kafka;
  if (place.kafka) kafka.emplace(*place.kafka, ledger);
  const auto printer =
      make_printer(options.json ? Format::json : options.format,
                   {"status", ledger.founding.name, "", headings_of(place.kafka.has_value())},
                   stdout, line_width(stdout));
  const auto partitions = ledger.founding.all_partitions();
  for (std::size_t i = 0; i < partitions.size(); ++i) {
    auto cells = cells_of(ledger, log, partitions[i]);
    if (kafka) kafka->add(i, cells);
    printer->row(cells);
  }
  std::vector<std::string> remarks = {who_holds(ledger)};
  if (kafka && !kafka->brokers_answer())
    remarks.push_back("No broker of " + place.text() + " answers: where topics end is not known.");
  printer->end(remarks, {});
  return Exit::done;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_flag("--json", options->json, "as --format json");
  add_format_option(app, options->format);
  return [options, &common] { return status(*options, common); };
}

}  // namespace

const Command status_command = {
    .name = "status",
    .summary = "how the ledger stands on this machine: what is there, who writes it, what lags",
    .example = "  braid status --ledger ./northshire\n"
               "  braid status --ledger 'kafka://localhost:9092?data=./here' --json",
    .declare = declare,
};

}  // namespace braid::cli
