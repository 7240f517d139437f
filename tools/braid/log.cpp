// `braid log`: the history, entry by entry, as it is.
#include <fmt/format.h>

#include "adapters/json/entry_json.hpp"
#include "adapters/lmdb/event_log.hpp"
#include "events/date.hpp"
#include "events/entry.hpp"
#include "events/merkle.hpp"
#include "events/native_rows.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/ledger.hpp"
#include "tools/braid/output/csv.hpp"
#include "tools/braid/output/format.hpp"
#include "tools/braid/reading_ledger.hpp"

namespace braid::cli {
namespace {

constexpr std::size_t batch_bytes = 1 << 20;
constexpr std::chrono::milliseconds patience{500};

struct Options {
  std::string partition = "0";
  Sequence from = 0;
  std::uint64_t limit = 0;  ///< 0: none
  bool follow = false;
  Format format = Format::json;
};

struct Row {
  std::string type;
  std::string event;
  std::string kind;
  std::string about;
};

void describe_event(const EntryReader& entry, Row& row) {
  const auto bytes = entry.event_bytes();
  if (!bytes || bytes->empty() || !check_form(*bytes)) return;
  const EventReader event(*bytes);
  row.event = schema::read(event.get().getId()).text();
  row.kind = info_of(event.kind()).name;
}

Row describe(const EntryReader& entry) {
  Row row;
  const auto body = entry.get();
  describe_event(entry, row);
  switch (body.which()) {
    case schema::Entry::RECEIVED:
      row.type = "received";
      row.about = fmt::format("{} events of {}", body.getReceived().getCount(),
                              body.getReceived().getPublisher().cStr());
      break;
    case schema::Entry::ACCEPTED:
      row.type = "accepted";
      for (const auto flag : body.getAccepted().getFlags())
        row.about +=
            fmt::format("{}flagged {}", row.about.empty() ? "" : ", ", flag.getRule().cStr());
      break;
    case schema::Entry::REFUSED:
      row.type = "refused";
      if (row.event.empty()) row.event = schema::read(body.getRefused().getId()).text();
      row.about = fmt::format("{} {}", body.getRefused().getFinding().getRule().cStr(),
                              body.getRefused().getFinding().getField().cStr());
      break;
    case schema::Entry::REPEATED:
      row.type = "repeated";
      row.event = schema::read(body.getRepeated().getId()).text();
      row.about = fmt::format("first at {}", body.getRepeated().getFirst());
      break;
  }
  return row;
}

class Printer {
 public:
  explicit Printer(Format format) : format_(format), json_(capnp::Schema::from<schema::Event>()) {
    if (format_ == Format::csv) fmt::print("sequence,recorded_at,type,event,kind,about,leaf\n");
  }

  void print(Bytes bytes) {
    const EntryReader entry(bytes);
    const auto leaf = leaf_hash(bytes);
    if (format_ == Format::json) {
      fmt::print("{}\n", json_.encode(entry.get(), leaf));
      return;
    }
    const auto head = entry.head();
    const auto row = describe(entry);
    const auto when = Instant{head.recorded_at_us}.text();
    if (format_ == Format::csv)
      fmt::print("{},{},{},{},{},{},{}\n", head.sequence, when, row.type, row.event, row.kind,
                 csv_cell(row.about), leaf.hex());
    else
      fmt::print("{:>8}  {}  {:<8}  {:<22}  {:<36}  {}\n", head.sequence, when.substr(0, 19),
                 row.type, row.kind, row.event, row.about);
  }

 private:
  Format format_;
  json::EntryJson json_;
};

Exit print_log(const Options& options, const Common& common) {
  const ReadingLedger reading(common.place(), ReadingLedger::Views::not_needed);
  const auto& ledger = reading.ledger();
  const lmdb::EventLog log(ledger.directory);
  const auto source = log.reader(partition_named(ledger.founding, options.partition));
  Printer printer(options.format);
  EntryBatch batch;
  auto next = options.from;
  for (std::uint64_t printed = 0;;) {
    source->read(next, batch_bytes, options.follow ? patience : std::chrono::milliseconds{0},
                 batch);
    if (batch.entries.empty() && !options.follow) return Exit::done;
    for (const auto entry : batch.entries) {
      printer.print(entry);
      ++next;
      if (++printed == options.limit) return Exit::done;
    }
    if (options.follow && std::fflush(stdout) != 0) return Exit::done;
  }
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("--partition", options->partition, "register, or a place's partition: 0, 1 ...");
  app.add_option("--from", options->from, "the first sequence to print");
  app.add_option("--limit", options->limit, "print so many entries at most");
  app.add_flag("--follow", options->follow, "go on as the history grows, until stopped");
  add_format_option(app, options->format);
  return [options, &common] { return print_log(*options, common); };
}

}  // namespace

const Command log_command = {"log", "print the history, entry by entry",
                             "  braid log --ledger ./northshire --partition register --limit 10\n"
                             "  braid log --ledger ./northshire --follow --format table",
                             declare};

}  // namespace braid::cli
