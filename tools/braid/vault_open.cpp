// `braid vault open`: what is sealed about a person, for who may know it; the access record first.
#include <fmt/format.h>

#include <map>

#include "events/faults.hpp"
#include "events/native_rows.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/one_event.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/sealed_texts.hpp"
#include "tools/braid/sealing.hpp"
#include "tools/braid/subjects.hpp"
#include "tools/braid/vault_person.hpp"

namespace braid::cli {
namespace {

using schema::OpeningPurpose;

struct Options {
  VaultPerson person;
  Sender sender;
  OpeningPurpose purpose{};
  std::string event;
  Format format = Format::table;
};

const std::map<std::string, OpeningPurpose> purposes = {
    {"care", OpeningPurpose::CARE},
    {"payment", OpeningPurpose::PAYMENT},
    {"review", OpeningPurpose::REVIEW},
    {"safeguarding", OpeningPurpose::SAFEGUARDING},
    {"audit", OpeningPurpose::AUDIT},
    {"subjectAccess", OpeningPurpose::SUBJECT_ACCESS}};

/// What is asked, understood.
struct Asked {
  PersonToken person;
  std::optional<Uuid> event;
};

Asked understood(const Options& options) {
  const auto person = options.person.token();
  if (options.event.empty()) return {person, std::nullopt};
  const auto event = Uuid::from_text(options.event);
  if (!event) throw UsageError("--event: " + event.error());
  return {person, *event};
}

/// The person's key. Throws where there is none: nobody is recorded as having looked at nothing.
ledger::VaultKey key_of(const Ledger& ledger, const PersonToken& person) {
  auto key = open_vault(ledger)->find(ledger::Subject::person(person));
  if (!key)
    throw Refused(
        "there is nothing to open: nothing is sealed about this person here, or their identity was "
        "erased");
  return std::move(*key);
}

ledger::Receipt record(const Options& options, const Asked& asked, const ReadingLedger& reading) {
  return publish_one(reading.place(), reading.ledger(), options.sender, "not opened",
                     [&](schema::Event::Body::Builder body) {
                       auto opened = body.initIdentityOpened();
                       schema::write(asked.person, opened.initPerson());
                       opened.setPurpose(options.purpose);
                       if (asked.event) schema::write(*asked.event, opened.initEvent());
                     });
}

/// The entries about a person, and how far the views that know them go.
struct Found {
  std::vector<ledger::EntryPlace> places;
  std::vector<Position> positions;
};

/// Views are let go of before anything is published: their moment's pages are kept meanwhile.
Found find_entries(const Ledger& ledger, const PersonToken& person) {
  const auto views = views_of_now(ledger);
  const lmdb::EventLog log(ledger.directory);
  return {entries_about(*views, log, {Subject::Kind::person, person.hex()}), views->positions()};
}

/// Prints what one entry holds that is sealed under the person's key.
void print_entry(const Ledger& ledger, const Asked& asked, const ledger::VaultKey& key,
                 const EntryReader& entry, const std::string& partition, SheetPrinter& printer) {
  const auto bytes = entry.event_bytes();
  if (!entry.get().isAccepted() || !bytes) return;
  const EventReader event(*bytes);
  if (asked.event && schema::read(event.get().getId()) != *asked.event) return;
  const auto context = sealing_context(ledger.founding.name);
  for_each_sealed(event.get(), [&](const std::string& field, schema::Sealed::Reader sealed) {
    const auto box = box_of(sealed);
    if (box.key_id != key.id) return;
    auto clear = unseal(key.key, box, as_bytes(context));
    printer.row(std::vector{
        Cell::of_text(partition), Cell::of_count(entry.head().sequence),
        Cell::of_day(event.get().getEffective()),
        Cell::of_text(info_of(event.get().getBody().which()).title), Cell::of_text(field),
        Cell::of_text(clear ? as_text(*clear) : "(cannot be read: altered, or of another ledger)")});
    if (clear) wipe(*clear);
  });
}

void print_texts(const Options& options, const Asked& asked, const Ledger& ledger,
                 const Found& found, const ledger::VaultKey& key,
                 const ledger::Receipt& receipt) {
  const auto printer = make_printer(
      options.format,
      {"texts", "person", "What is sealed about this person",
       {{"partition"}, {"sequence", true}, {"effective"}, {"kind"}, {"field"}, {"text"}}},
      stdout, line_width(stdout));
  const lmdb::EventLog log(ledger.directory);
  for (const auto& place : found.places) {
    EntryBatch batch;
    log.reader(place.partition)->read(place.sequence, 1, std::chrono::milliseconds{0}, batch);
    if (!batch.entries.empty())
      print_entry(ledger, asked, key, EntryReader(batch.entries.front()),
                  name_of_partition(place.partition), *printer);
  }
  printer->end(std::vector{fmt::format("Recorded: {} {} opened this, entry {} of partition {}.",
                                       options.sender.publisher, options.sender.officer,
                                       receipt.sequence, name_of_partition(receipt.partition))},
               found.positions);
}

Exit run(const Options& options, const Common& common) {
  const auto asked = understood(options);
  const ReadingLedger reading(common.place(), ReadingLedger::Views::brought_up);
  const auto& ledger = reading.ledger();
  (void)key_of(ledger, asked.person);
  const auto found = find_entries(ledger, asked.person);
  const auto receipt = record(options, asked, reading);
  print_texts(options, asked, ledger, found, key_of(ledger, asked.person), receipt);
  return Exit::done;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  options->person.declare(app);
  options->sender.declare(app);
  app.add_option("--purpose", options->purpose, "what it is opened for")
      ->transform(CLI::CheckedTransformer(purposes).description(
          "{care,payment,review,safeguarding,audit,subjectAccess}"))
      ->required();
  app.add_option("--event", options->event, "only the texts of this event");
  add_format_option(app, options->format);
  return [options, &common] { return run(*options, common); };
}

}  // namespace

const Command vault_open_command = {
    "vault open",
    "read what is sealed about a person, on a live legal basis or consent; who looked is recorded",
    "  braid vault open \"$TOKEN\" --purpose review --publisher WMC --officer b.okafor "
    "--place westmoor \\\n      --key council.pem --ledger ./northshire\n"
    "Who looked at a person: braid view openings --where person=\"$TOKEN\"",
    declare};

}  // namespace braid::cli
