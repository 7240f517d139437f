// `braid audit evidence`: one file that proves what the ledger holds about one thing, and its check
// on a machine that has never seen the ledger.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "adapters/json/evidence_file.hpp"
#include "adapters/lmdb/durable_file.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/cosigned.hpp"
#include "tools/braid/evidence_sources.hpp"
#include "tools/braid/output/cell.hpp"
#include "tools/braid/progress.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/recomputed_report.hpp"
#include "tools/braid/report_evidence.hpp"
#include "tools/braid/subjects.hpp"

namespace braid::cli {
namespace {

struct Options {
  std::string what;
  std::string id;
  std::string to;
  std::vector<std::string> operator_keys;
  bool json = false;
  WitnessOptions witnesses;
};

/// Any of the ledger's verifier keys: those of different partitions differ in name, not in key.
PublicKey key_of(const std::string& text) {
  const auto key = ledger::NoteKey::from_text(text);
  if (key) return key->key;
  const auto plain = PublicKey::from_hex(text);
  if (!plain)
    throw UsageError("--operator-key takes a verifier key as the operator publishes it, or its 64 "
                     "hexadecimal digits: " +
                     key.error());
  return *plain;
}

void print_json(const ledger::EvidenceChecked& checked) {
  const auto list = [](const std::vector<std::string>& sentences) {
    std::string text;
    for (const auto& sentence : sentences)
      text += (text.empty() ? "" : ",") + json_text(sentence);
    return "[" + text + "]";
  };
  fmt::print("{{\"check\":\"evidence\",\"holds\":{},\"wrong\":{},\"shown\":{},\"trusted\":{}}}\n",
             checked.wrong ? "false" : "true", checked.wrong ? json_text(*checked.wrong) : "null",
             list(checked.shown), list(checked.trusted));
}

void print_text(const ledger::EvidenceChecked& checked) {
  if (checked.wrong) {
    fmt::print("NOT PROVED: {}\n", *checked.wrong);
    return;
  }
  fmt::print("PROVED\n");
  for (const auto& sentence : checked.shown) fmt::print("  {}\n", sentence);
  fmt::print("WHAT THIS RESTS ON\n");
  for (const auto& sentence : checked.trusted) fmt::print("  {}\n", sentence);
}

Exit check(const Options& options) {
  ledger::EvidenceTrust trust{{}, options.witnesses.policy()};
  for (const auto& text : options.operator_keys) trust.operator_keys.push_back(key_of(text));
  std::error_code missing;
  const auto bytes = std::filesystem::file_size(options.id, missing);
  const auto text = missing ? std::nullopt
                            : lmdb::read_file(options.id, std::min<std::uintmax_t>(
                                  bytes, json::EvidenceFile::max_bytes + 1));
  if (!text) throw UsageError("there is no file " + options.id);
  const auto evidence = json::EvidenceFile::read(*text);
  ledger::EvidenceChecked checked;
  if (evidence)
    checked = ledger::check_evidence(*evidence, trust);
  else
    checked.wrong = evidence.error();
  if (!checked.wrong && !evidence->report.empty()) check_report(*evidence, checked);
  options.json ? print_json(checked) : print_text(checked);
  return checked.wrong ? Exit::refused : Exit::done;
}

void give(const ledger::Evidence& evidence, std::size_t entries, const Options& options) {
  const auto text = json::EvidenceFile::write(evidence);
  lmdb::replace_file(std::filesystem::absolute(options.to), text);
  fmt::print("{}: {} {} about {}, {} bytes\n", options.to, grouped(entries),
             entries == 1 ? "entry" : "entries", evidence.subject, grouped(text.size()));
}

ledger::Evidence gather(const Ledger& ledger, const std::string& subject,
                        std::span<const ledger::EntryPlace> places) {
  const LedgerEvidence from(ledger);
  for (const auto& place : places)
    if (!from.sources().by_partition.contains(place.partition))
      throw Refused("there is no checkpoint of partition " + name_of_partition(place.partition) +
                    ", so nothing of it can be proved: the operator signs one with `braid "
                    "checkpoint`");
  auto evidence = ledger::gather_evidence(from.sources(), subject, places);
  if (!evidence) throw Refused(evidence.error());
  return std::move(*evidence);
}

/// Of a report: the entries that give its cells, and the report itself.
Exit take_report(const Options& options, const Common& common) {
  const auto [file, text] = report_file_at(options.id);
  if (text.size() > ledger::Evidence::max_report_bytes)
    throw Refused("the report is larger than an evidence file may carry (" +
                  grouped(ledger::Evidence::max_report_bytes) +
                  " bytes): ask a narrower one, by --subject or --on");
  const ReadingLedger reading(common.place(), ReadingLedger::Views::not_needed);
  const auto places = entries_proving(reading.ledger(), file, text);
  auto evidence = gather(reading.ledger(), "report " + file.printed.report, places);
  evidence.report = text;
  give(evidence, places.size(), options);
  return Exit::done;
}

Exit take(const Options& options, const Common& common) {
  if (options.to.empty()) throw UsageError("where shall the evidence go? Give --to FILE");
  if (options.what == "report") return take_report(options, common);
  const Subject subject{subject_kind(options.what), options.id};
  const ReadingLedger reading(common.place(), ReadingLedger::Views::brought_up);
  const auto& ledger = reading.ledger();
  const lmdb::EventLog log(ledger.directory);
  const auto places = entries_about(LedgerViews(ledger), log, subject);
  give(gather(ledger, subject.text(), places), places.size(), options);
  return Exit::done;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("WHAT", options->what, "event, budget, person, pool or report; or check")->required();
  app.add_option("ID", options->id,
                 "which one; of a report the file that `braid report` wrote; or the file to check")->required();
  app.add_option("--to", options->to, "the file to write the evidence to");
  app.add_option("--operator-key", options->operator_keys,
                 "to check by: a verifier key that the operator gave you. What that key gave, by "
                 "the register in the file, is trusted with it, and nothing that was there before");
  add_witness_options(app, options->witnesses);
  app.add_flag("--json", options->json, "what came of checking, for programs");
  return [options, &common] {
    return options->what == "check" ? check(*options) : take(*options, common);
  };
}

}  // namespace

const Command audit_evidence_command = {
    "audit evidence",
    "take a file that proves what the ledger holds about one thing, or check one anywhere",
    "  braid audit evidence budget 0192f3c1-0000-7000-8000-000000000001 --to maya.evidence\n"
    "  braid audit evidence report allocation.csv --to allocation.evidence\n"
    "  braid audit evidence check maya.evidence --operator-key northshire/0+5f0a4c1e+AQ...",
    declare};

}  // namespace braid::cli
