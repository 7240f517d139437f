// Any bytes are an evidence file or are refused with a sentence; what is read is written back to the
// same bytes, and checking it has an answer. Any entries at all, taken for a register and for what
// is to be proved, have a page and an answer, too, and prove nothing.
#include "adapters/json/evidence_file.hpp"
#include "events/check.hpp"
#include "events/faults.hpp"
#include "ledger/audit/evidence.hpp"
#include "ledger/tlog_tiles.hpp"

using namespace braid;
using namespace braid::ledger;

namespace {

void check_answer(const Evidence& evidence) {
  const auto checked = check_evidence(evidence, {});
  check(checked.wrong.has_value() ? !checked.wrong->empty() : !checked.shown.empty(),
        "either something is wrong, or something is shown");
}

void read_file(std::string_view text) {
  const auto evidence = json::EvidenceFile::read(text);
  if (!evidence) {
    check(!evidence.error().empty() && evidence.error().size() < 2'000,
          "a refusal is a short sentence");
    return;
  }
  check(json::EvidenceFile::write(*evidence) == text, "evidence has one text");
  check_answer(*evidence);
}

void read_entries(Bytes bundle) {
  const auto entries = entries_of(bundle);
  if (!entries || entries->empty()) return;
  Evidence evidence;
  evidence.ledger = "small";
  evidence.partitions = 1;
  evidence.subject = "anything";
  for (const auto entry : *entries) {
    evidence.registry.emplace_back(entry.begin(), entry.end());
    evidence.entries.push_back({.partition = register_partition,
                                .sequence = evidence.entries.size(),
                                .bytes = evidence.registry.back(),
                                .proof = {},
                                .received = 0,
                                .path = {}});
  }
  check(check_evidence(evidence, {}).wrong.has_value(), "no checkpoint, no proof");
  try {
    check(!evidence_page(evidence).empty(), "a page has words");
  } catch (const HistoryBroken&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes bytes = std::as_bytes(std::span(data, size));
  read_file(as_text(bytes));
  read_entries(bytes);
  return 0;
}
