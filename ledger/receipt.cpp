#include "ledger/receipt.hpp"

#include "events/merkle.hpp"
#include "events/native_rows.hpp"

namespace braid::ledger {

namespace {

Finding finding_of(schema::Finding::Reader said) {
  return {said.getRule(), said.getField(), said.getSentence()};
}

Receipt receipt_at(std::uint32_t partition, Bytes bytes, const EntryReader& entry) {
  return {.event = {},
          .outcome = Receipt::Outcome::accepted,
          .repeated = false,
          .partition = partition,
          .sequence = entry.head().sequence,
          .leaf = leaf_hash(bytes),
          .findings = {}};
}

}  // namespace

Receipt receipt_of_accepted(std::uint32_t partition, Bytes bytes) {
  const EntryReader entry(bytes);
  if (!entry.get().isAccepted())
    throw HistoryBroken("entry " + std::to_string(entry.head().sequence) +
                        " is said to have accepted an event; it did not");
  auto receipt = receipt_at(partition, bytes, entry);
  const EventReader event(*entry.event_bytes());
  receipt.event = schema::read(event.get().getId());
  for (const auto flag : entry.get().getAccepted().getFlags())
    receipt.findings.push_back(finding_of(flag));
  return receipt;
}

Receipt receipt_of_refused(std::uint32_t partition, Bytes bytes) {
  const EntryReader entry(bytes);
  const auto refused = entry.get().getRefused();
  auto receipt = receipt_at(partition, bytes, entry);
  receipt.event = schema::read(refused.getId());
  receipt.outcome = Receipt::Outcome::refused;
  receipt.findings.push_back(finding_of(refused.getFinding()));
  return receipt;
}

}  // namespace braid::ledger
