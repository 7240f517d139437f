#include "tests/audit/forgery.hpp"

#include <algorithm>
#include <stdexcept>

#include "events/merkle.hpp"

namespace braid::test {

namespace {

OwnedBytes copy_of(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

AcceptedBody body_of(std::uint32_t index, Bytes event, const Findings& findings) {
  return {.index = index,
          .event = event,
          .postings = findings.postings,
          .flags = findings.flags};
}

}  // namespace

void chain_again(std::vector<OwnedBytes>& entries, Sequence from) {
  for (auto at = std::max<Sequence>(from, 1); at < entries.size(); ++at) {
    auto& entry = entries[at];
    const auto old = EntryReader(entry).head().previous;
    const auto leaf = leaf_hash(entries[at - 1]);
    const auto place = std::ranges::search(entry, old.bytes);
    if (place.empty()) throw std::runtime_error("an entry does not hold the hash it names");
    std::ranges::copy(leaf.bytes, place.begin());
  }
}

Findings findings_of(const OwnedBytes& accepted) {
  const EntryReader entry(accepted);
  Findings findings{postings_of(entry.get().getAccepted()), {}};
  for (const auto flag : entry.get().getAccepted().getFlags())
    findings.flags.push_back(
        {flag.getRule().cStr(), flag.getField().cStr(), flag.getSentence().cStr()});
  return findings;
}

OwnedBytes with_findings(const OwnedBytes& accepted, const Findings& findings) {
  const EntryReader entry(accepted);
  EntryEncoder encoder;
  return copy_of(encoder.encode(
      entry.head(),
      body_of(entry.get().getAccepted().getIndex(), *entry.event_bytes(), findings)));
}

}  // namespace braid::test
