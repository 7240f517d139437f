// Any bytes are a submission, an event and an entry, or are refused with a reason. What is let
// through is read to its last field and written again to the same bytes.
#include <capnp/dynamic.h>
#include <kj/string.h>

#include <cstddef>
#include <cstdint>

#include "events/check.hpp"
#include "events/entry.hpp"
#include "events/submission.hpp"

using namespace braid;

namespace {

/// A copy that starts at a multiple of eight, as callers promise.
OwnedBytes aligned(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

void read_event(const OwnedBytes& bytes) {
  const auto formed = check_form(bytes);
  check(formed.has_value() == check_form(bytes).has_value(), "the answer depends on the bytes alone");
  if (!formed) {
    check(formed.error().rule == "form" && !formed.error().sentence.empty(),
          "a refusal says what is wrong");
    return;
  }
  const EventReader reader(bytes);
  check(canonical_bytes(reader.get()) == bytes, "what has form is canonical");
  check(kj::str(reader.get()).size() != 0, "every field of it can be read");
}

void read_entry(const OwnedBytes& bytes) {
  try {
    const EntryReader reader(bytes);
    check(kj::str(reader.get()).size() != 0, "every field of an entry can be read");
    if (reader.get().isAccepted()) postings_of(reader.get().getAccepted());
  } catch (const HistoryBroken&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const OwnedBytes bytes = aligned(std::as_bytes(std::span(data, size)));
  read_event(bytes);
  read_entry(bytes);
  if (const auto checked = check_submission(bytes, "bnssg", 4)) {
    check(checked->hashes.size() == checked->submission.events.size(), "each event has its hash");
    for (const Bytes event : checked->submission.events) read_event(aligned(event));
  }
  return 0;
}
