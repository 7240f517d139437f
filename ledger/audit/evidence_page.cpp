#include <algorithm>

#include "events/date.hpp"
#include "events/entry.hpp"
#include "events/kinds.hpp"
#include "events/native_rows.hpp"
#include "events/pence.hpp"
#include "ledger/audit/evidence.hpp"

namespace braid::ledger {

namespace {

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
  page +=
      "\nHow to check it: braid audit evidence check FILE --operator-key KEY\n"
      "on any machine, without the ledger. KEY is the verifier key that the operator publishes.\n"
      "With other people's tools: below, each line that begins with { is JSON; `bytes`, `proof` "
      "and `note`\nare base64. `proof` is a C2SP tlog-proof of `bytes`, `note` a C2SP "
      "tlog-checkpoint: for instance\n"
      "  grep '^{\"entry\"' FILE | head -1 | jq -r .entry.proof | base64 -d\n"
      "\nWhat it shows: that these entries stand in the ledger as they are here, under the "
      "operator's signed\ncheckpoint; that each event is what its publisher signed; that the "
      "register had given the publisher\nthat key and not taken it back.\n"
      "What it does not show: that there are no other entries about the same thing, and that the "
      "ledger\njudged by its rules. For that, verify a copy of the whole history: braid audit "
      "verify.\n\n";
  return page;
}

}  // namespace braid::ledger
