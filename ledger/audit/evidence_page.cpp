#include <algorithm>
#include <map>
#include <set>

#include "events/date.hpp"
#include "events/encoding.hpp"
#include "events/entry.hpp"
#include "events/kinds.hpp"
#include "events/native_rows.hpp"
#include "events/pence.hpp"
#include "ledger/audit/evidence.hpp"

namespace braid::ledger {

namespace {

/// A key that signed something in the evidence, and the register entry that gives it.
struct GivenKey {
  Sequence registered_at = 0;
  std::string organisation;
  std::string officer;  ///< whose own it is; empty: the organisation's
};
using GivenKeys = std::map<std::string, GivenKey>;  ///< by the key's hexadecimal text

std::string hex_of(capnp::Data::Reader key) {
  return to_hex(std::as_bytes(std::span(key.begin(), key.size())));
}

/// Every key that the register in the evidence gives.
GivenKeys keys_of(const std::vector<OwnedBytes>& registry) {
  GivenKeys keys;
  for (const auto& bytes : registry) {
    const EntryReader entry(bytes);
    const auto event = entry.event_bytes();
    if (!entry.get().isAccepted() || !event || !check_form(*event)) continue;
    const EventReader said(*event);
    const auto body = said.get().getBody();
    if (body.isLedgerFounded())
      keys[hex_of(body.getLedgerFounded().getOperatorKey())] = {
          entry.head().sequence, said.get().getPublisher().cStr(), ""};
    if (body.isSigningKeyAdded()) {
      const auto added = body.getSigningKeyAdded();
      keys[hex_of(added.getKey())] = {entry.head().sequence, added.getOrganisation().cStr(),
                                      added.getOfficer().cStr()};
    }
  }
  return keys;
}

/// The keys that signed what is in the evidence, a line each.
std::string lines_of_keys(const Evidence& evidence) {
  const auto given = keys_of(evidence.registry);
  std::set<std::string> lines;
  for (const auto& each : evidence.entries) {
    const EntryReader entry(each.bytes);
    if (!entry.get().isReceived()) continue;
    const auto key = hex_of(entry.get().getReceived().getKey());
    const auto known = given.find(key);
    if (known == given.end()) {
      lines.insert("  " + key + "  (the register in this file does not give it)\n");
      continue;
    }
    const auto& [registered_at, organisation, officer] = known->second;
    lines.insert("  " + key + "  of " + organisation +
                 (officer.empty() ? "" : ", " + officer + "'s own") + "  given at register/" +
                 std::to_string(registered_at) + "\n");
  }
  std::string text;
  for (const auto& line : lines) text += line;
  return text;
}

/// What moved, seen from one side: every posting has another of the opposite sign.
std::string moved(std::span<const Posting> postings) {
  std::int64_t debits = 0;
  for (const auto& posting : postings)
    if (posting.pence > 0 && __builtin_add_overflow(debits, posting.pence, &debits)) return "?";
  return postings.empty() ? "" : "  " + format_pounds(debits);
}

std::string line_of(const EvidenceEntry& entry) {
  const EntryReader reader(entry.bytes);
  const auto head = reader.head();
  const auto event = reader.event_bytes();
  const auto where = (entry.partition == register_partition
                          ? std::string("register")
                          : std::to_string(entry.partition)) +
                     "/" + std::to_string(entry.sequence);
  std::string text = "  " + where + "  " + Instant{head.recorded_at_us}.text() + "  ";
  if (!event || event->empty() || !check_form(*event)) return text + "(no event that can be read)\n";
  const EventReader said(*event);
  text += std::string(info_of(said.kind()).name) + "  by " + said.get().getPublisher().cStr();
  if (said.get().getOfficer().size() != 0)
    text += std::string(" (") + said.get().getOfficer().cStr() + ")";
  text += ", effective " + Date{said.get().getEffective()}.text();
  if (reader.get().isRefused())
    return text + "  REFUSED by " + reader.get().getRefused().getFinding().getRule().cStr() + "\n";
  text += moved(postings_of(reader.get().getAccepted()));
  for (const auto flag : reader.get().getAccepted().getFlags())
    text += std::string("  flagged ") + flag.getRule().cStr();
  return text + "\n    event " + schema::read(said.get().getId()).text() + "\n";
}

}  // namespace

std::string evidence_page(const Evidence& evidence) {
  const auto asked =
      std::ranges::count_if(evidence.entries, [](const auto& each) { return !each.is_submission(); });
  std::string page = "EVIDENCE about " + evidence.subject + "\nfrom the ledger " + evidence.ledger +
                     "\n\nWhat is in it: " + std::to_string(asked) +
                     (asked == 1 ? " entry" : " entries") +
                     " of the ledger, byte for byte.\nPartition and entry, when it was recorded "
                     "(UTC), what was said and by whom, what moved.\n\n";
  for (const auto& entry : evidence.entries)
    if (!entry.is_submission()) page += line_of(entry);
  page += "\nThe keys that signed it, and the entries of the register that give them:\n" +
          lines_of_keys(evidence);
  page +=
      "\nHow to check it: braid audit evidence check FILE --operator-key KEY\n"
      "on any machine, without the ledger. KEY is the verifier key that the operator publishes.\n"
      "With other people's tools: below, each line that begins with { is JSON; `bytes`, `proof` "
      "and `note`\nare base64. `proof` is a C2SP tlog-proof of `bytes`, `note` a C2SP "
      "tlog-checkpoint: for instance\n"
      "  grep '^{\"entry\"' FILE | head -1 | jq -r .entry.proof | base64 -d\n"
      "\nWhat it shows: that these entries stand in the ledger as they are here, under the "
      "operator's signed\ncheckpoint; that each event is what its publisher signed; that the "
      "register had given the publisher\nthat key and not taken it back.\n" +
      std::string(evidence.report.empty()
                      ? ""
                      : "The report stands below as it was written (its line's `text`, in base64). "
                        "Checking recomputes\nevery cell of it from these entries.\n") +
      "What it does not show: that there are no other entries about the same thing, and that the "
      "ledger\njudged by its rules. For that, verify a copy of the whole history: braid audit "
      "verify.\n\n";
  return page;
}

}  // namespace braid::ledger
