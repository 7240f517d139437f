// `braid submit` and `braid sign`: events as lines of JSON, into signed submissions, to the ledger
// or to a file.
#include <fmt/format.h>

#include "tools/braid/commands.hpp"
#include "tools/braid/event_lines.hpp"
#include "tools/braid/keys.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/signed_file.hpp"
#include "tools/braid/submitting.hpp"

namespace braid::cli {
namespace {

struct Options {
  std::string file;
  std::string signed_file;
  std::string key;
  std::string publisher;
  std::size_t batch = Submission::max_events;
  bool assign_ids = false;
  bool skip_bad = false;
  bool quiet = false;
  Format format = Format::table;
  std::string out;
};

/// Checks all lines, then hands over the submissions that the good ones make.
std::uint64_t sign_lines(const Options& options, const Ledger& ledger,
                         const std::function<void(SignedBatch)>& take) {
  if (options.key.empty())
    throw UsageError(
        "who signs? Give the publisher's key with --key FILE, as `braid key new FILE` makes one");
  const auto key = read_signing_key(options.key);
  EventLines lines(ledger, options.file, {options.assign_ids, options.publisher});
  const auto& problems = lines.check();
  problems.print();
  if (problems.count() != 0 && !options.skip_bad)
    throw UsageError(
        fmt::format("{} of {} events cannot be read, and nothing was submitted; mend them, or give "
                    "--skip-bad to "
                    "leave them out",
                    problems.count(), problems.count() + lines.good()));
  Batcher batcher(ledger.founding, key, options.batch, take);
  lines.for_each([&](OwnedBytes event) { batcher.add(std::move(event)); });
  batcher.finish();
  if (problems.count() != 0)
    say(fmt::format("{} events were left out: see above", problems.count()));
  return problems.count();
}

Exit submit(const Options& options, const Common& common) {
  const auto place = common.place();
  const auto ledger = open_founded(place);
  if (options.file.empty() == options.signed_file.empty())
    throw UsageError(
        "what is submitted? Give a file of events (or - for standard input), or --signed FILE");
  ReceiptPrinter printer(options.format, options.quiet);
  {
    std::unique_ptr<Outlet> outlet;
    std::unique_ptr<Submitting> submitting;
    const auto send = [&](SignedBatch batch) {  // opened late: what cannot be read disturbs nobody
      if (!outlet) {
        outlet = open_outlet(place, ledger);
        submitting = std::make_unique<Submitting>(
            *outlet,
            [&](const auto& events, const auto& answer) { printer.print(events, answer); });
      }
      submitting->send(std::move(batch));
    };
    if (options.signed_file.empty()) {
      sign_lines(options, ledger, send);
    } else {
      read_signed_file(options.signed_file, ledger.founding.partitions, [](const SignedBatch&) {});
      read_signed_file(options.signed_file, ledger.founding.partitions, send);
    }
    if (submitting) submitting->finish();
  }
  if (options.quiet)
    fmt::print("{}\n", printer.totals());
  else
    say(printer.totals());
  return printer.counts().refused == 0 ? Exit::done : Exit::refused;
}

Exit sign(const Options& options, const Common& common) {
  const auto ledger = open_founded(common.place());
  std::unique_ptr<SignedFileWriter> out;
  std::uint64_t events = 0;
  std::uint64_t batches = 0;
  sign_lines(options, ledger, [&](const SignedBatch& batch) {
    if (!out) out = std::make_unique<SignedFileWriter>(options.out);
    out->add(batch);
    events += batch.events.size();
    ++batches;
  });
  if (out) out->finish();
  say(fmt::format("{} events in {} submissions are signed", events, batches));
  return Exit::done;
}

void add_common(CLI::App& app, Options& options) {
  app.add_option("--key", options.key, "the publisher's signing key, a PEM file");
  app.add_option("--publisher", options.publisher,
                 "refuse events of any other publisher (ODS code)");
  app.add_option("--batch", options.batch, "events in one submission, at most")
      ->check(CLI::Range(std::size_t{1}, Submission::max_events));
  app.add_flag(
      "--assign-ids", options.assign_ids,
      "give events without an id a new one (submitting such a file twice records it twice)");
  app.add_flag("--skip-bad", options.skip_bad,
               "submit the rest where lines cannot be read, and list what was left out");
}

Command::Run declare_submit(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("FILE", options->file, "events, one a line of JSON; - is standard input");
  app.add_option("--signed", options->signed_file,
                 "a file of submissions signed already, as `braid sign` makes");
  add_common(app, *options);
  app.add_flag("--quiet", options->quiet, "print totals only");
  add_format_option(app, options->format);
  return [options, &common] { return submit(*options, common); };
}

Command::Run declare_sign(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("FILE", options->file, "events, one a line of JSON; - is standard input")
      ->required();
  app.add_option("--out", options->out, "a new file, for `braid submit --signed`")->required();
  add_common(app, *options);
  return [options, &common] { return sign(*options, common); };
}

}  // namespace

const Command submit_command = {
    "submit", "publish events, and print a receipt for each",
    "  braid submit events.ndjson --ledger ./northshire --key council.pem", declare_submit};

const Command sign_command = {
    "sign", "sign events into a file, to be submitted later or by somebody else",
    "  braid sign events.ndjson --ledger ./northshire --key council.pem --out events.signed\n"
    "  braid submit --signed events.signed --ledger ./northshire",
    declare_sign};

}  // namespace braid::cli
