#include "ledger/agreement.hpp"

#include <algorithm>

namespace braid::ledger {

std::string describe(const Decision& decision) {
  if (const auto* refusal = std::get_if<Refusal>(&decision))
    return "refused by " + refusal->rule + " at " + refusal->field;
  if (const auto* already = std::get_if<AlreadyRecorded>(&decision))
    return "a repeat of entry " + std::to_string(already->first);
  const auto& findings = std::get<Findings>(decision);
  auto text = "accepted with " + std::to_string(findings.postings.size()) + " postings";
  for (const auto& flag : findings.flags) text += ", flagged " + flag.rule;
  return text;
}

bool same_finding(const Finding& ours, schema::Finding::Reader theirs) {
  return theirs.getRule() == ours.rule.c_str() && theirs.getField() == ours.field.c_str();
}

bool agrees(const Decision& decision, schema::Entry::Reader entry,
            std::span<const Posting> recorded) {
  if (const auto* refusal = std::get_if<Refusal>(&decision))
    return entry.isRefused() && same_finding(*refusal, entry.getRefused().getFinding());
  if (const auto* already = std::get_if<AlreadyRecorded>(&decision))
    return entry.isRepeated() && entry.getRepeated().getFirst() == already->first;
  if (!entry.isAccepted()) return false;
  const auto& findings = std::get<Findings>(decision);
  const auto flags = entry.getAccepted().getFlags();
  if (flags.size() != findings.flags.size() || !std::ranges::equal(findings.postings, recorded))
    return false;
  for (unsigned i = 0; i < flags.size(); ++i)
    if (!same_finding(findings.flags[i], flags[i])) return false;
  return true;
}

}  // namespace braid::ledger
