#include "tools/braid/explained_entry.hpp"

#include <fmt/format.h>

#include "events/date.hpp"
#include "events/native_rows.hpp"
#include "events/pence.hpp"
#include "events/read_entries.hpp"
#include "events/submission.hpp"
#include "projections/reports/rows.hpp"
#include "tools/braid/ledger.hpp"
#include "tools/braid/output/cell.hpp"

namespace braid::cli {
namespace {

Bytes bytes_of(capnp::Data::Reader data) {
  return {reinterpret_cast<const std::byte*>(data.begin()), data.size()};
}

std::string hex(Bytes bytes) {
  std::string text;
  for (const auto each : bytes) text += fmt::format("{:02x}", static_cast<unsigned>(each));
  return text;
}

/// What the publisher signed, and whether this event is under it.
struct Signed {
  std::string publisher;
  std::string statement;  ///< the signed text
  std::string key;
  std::string signature;
  std::uint32_t count = 0;
  Digest root;
  Digest event_hash;
  MerkleProof path;
  bool holds = false;
};

Signed signed_of(const ExplainedEntry& entry, std::string_view ledger) {
  const auto& submission = *entry.submission;
  const EntryReader arrival(submission.arrival);
  const auto received = arrival.get().getReceived();
  Signed found{.publisher = received.getPublisher().cStr(),
               .statement = "",
               .key = hex(bytes_of(received.getKey())),
               .signature = hex(bytes_of(received.getSignature())),
               .count = received.getCount(),
               .root = schema::read(received.getRoot()),
               .event_hash = submission.hashes.at(entry.index),
               .path = inclusion_proof(submission.hashes, entry.index)};
  found.statement = signed_statement(ledger, found.publisher, found.count, found.root);
  const auto key = PublicKey::from_bytes(bytes_of(received.getKey()));
  const auto signature = Signature::from_bytes(bytes_of(received.getSignature()));
  found.holds = key && signature && verify(*key, as_bytes(found.statement), *signature) &&
                verify_inclusion(found.event_hash, entry.index, found.count, found.path, found.root);
  return found;
}

std::string postings_text(std::span<const Posting> postings) {
  std::string text;
  for (const auto& posting : postings)
    text += fmt::format("    {:>18}  {:<12} {} {} {} {}{}\n", format_plain_pounds(posting.pence),
                        projections::word(posting.account), posting.strand.organisation,
                        projections::word(posting.strand.sector), posting.strand.fund, posting.year,
                        posting.subject.is_nil() ? "" : "  " + posting.subject.text());
  return text.empty() ? "" : "  postings (a debit is positive)\n" + text;
}

std::string finding_text(std::string_view word, schema::Finding::Reader finding) {
  return fmt::format("  {:<11}{} {}: {}\n", word, finding.getRule().cStr(),
                     finding.getField().cStr(), finding.getSentence().cStr());
}

std::string event_text(const ReadEntry& read) {
  if (!read.has_event()) return "";
  const auto& event = read.event;
  return fmt::format("  {:<11}{} by {}{}, effective {}\n  {:<11}{}\n", "said",
                     info_of(read.kind).name, event.getPublisher().cStr(),
                     event.getOfficer().size() == 0
                         ? "" : fmt::format(" ({})", event.getOfficer().cStr()),
                     Date{event.getEffective()}.text(), "event",
                     schema::read(event.getId()).text());
}

std::string findings_text(const ReadEntry& read) {
  if (read.entry.isRefused())
    return finding_text("REFUSED", read.entry.getRefused().getFinding());
  if (read.entry.isRepeated())
    return fmt::format("  {:<11}of entry {}\n", "repeats", read.entry.getRepeated().getFirst());
  std::string text;
  if (read.is_accepted())
    for (const auto flag : read.entry.getAccepted().getFlags()) text += finding_text("flagged", flag);
  return text;
}

std::string signed_text(const ExplainedEntry& entry, std::string_view ledger) {
  if (!entry.submission) return "  its events are not in the history one by one\n";
  const auto found = signed_of(entry, ledger);
  return fmt::format(
      "  {:<11}{}, of the event's bytes\n"
      "  {:<11}event {} of {} in the submission at entry {}, root {}\n"
      "  {:<11}{} with key {}\n  {:<11}{}: {}\n",
      "hash", found.event_hash.hex(), "batch", entry.index + 1, found.count,
      entry.submission->received, found.root.hex(), "signed by", found.publisher, found.key,
      "signature", found.signature,
      found.holds ? "holds" : "DOES NOT HOLD: run `braid audit verify`");
}

}  // namespace

ExplainedEntry explain(const EntrySource& source, const ledger::EntryPlace& place) {
  ExplainedEntry entry{.place = place,
                       .bytes = ledger::entry_at(source, place.sequence),
                       .submission = {},
                       .index = 0,
                       .moved = ""};
  const EntryReader reader(entry.bytes);
  if (const auto index = ledger::index_of(reader)) {
    entry.index = *index;
    entry.submission = ledger::submission_of(source, place.sequence, *index);
    if (*index >= entry.submission->hashes.size())
      throw HistoryBroken("entry " + std::to_string(place.sequence) +
                          " answers more events than its submission has");
  }
  return entry;
}

std::string text_of(const ExplainedEntry& entry, std::string_view ledger) {
  std::vector<Posting> postings;
  const auto read = read_entry(entry.bytes, postings);
  auto text = fmt::format("Entry {} of partition {}, recorded {}\n", entry.place.sequence,
                          name_of_partition(entry.place.partition),
                          Instant{read.head.recorded_at_us}.text());
  if (!entry.moved.empty()) text += fmt::format("  {:<11}{}\n", "figure", entry.moved);
  text += event_text(read) + findings_text(read) + postings_text(read.postings);
  text += signed_text(entry, ledger);
  return text + fmt::format("  {:<11}{}, of the entry's {} bytes\n", "leaf",
                            leaf_hash(entry.bytes).hex(), entry.bytes.size());
}

std::string json_of(const ExplainedEntry& entry, std::string_view ledger,
                    const json::EntryJson& encoder) {
  const EntryReader reader(entry.bytes);
  auto text = fmt::format("{{\"partition\":{},\"sequence\":{}",
                          json_text(name_of_partition(entry.place.partition)),
                          entry.place.sequence);
  if (!entry.moved.empty()) text += ",\"figure\":" + json_text(entry.moved);
  text += ",\"entry\":" + encoder.encode(reader.get(), leaf_hash(entry.bytes));
  if (!entry.submission) return text + ",\"signed\":null}";
  const auto found = signed_of(entry, ledger);
  std::string path;
  for (const auto& hash : found.path) path += (path.empty() ? "" : ",") + json_text(hash.hex());
  return text + fmt::format(",\"signed\":{{\"received\":{},\"index\":{},\"count\":{},"
                            "\"eventHash\":{},\"path\":[{}],\"root\":{},\"statement\":{},"
                            "\"publisher\":{},\"key\":{},\"signature\":{},\"holds\":{}}}}}",
                            entry.submission->received, entry.index, found.count,
                            json_text(found.event_hash.hex()), path, json_text(found.root.hex()),
                            json_text(found.statement), json_text(found.publisher),
                            json_text(found.key), json_text(found.signature),
                            found.holds ? "true" : "false");
}

}  // namespace braid::cli
