#pragma once
#include <capnp/message.h>

#include <tl/expected.hpp>

#include "events/bytes.hpp"
#include "events/digest.hpp"
#include "events/finding.hpp"
#include "events/kinds.hpp"
#include "events/uuid.hpp"

namespace braid {

/// The most bytes one event may have: an entry must hold it together with the findings.
inline constexpr std::size_t max_event_bytes = 48'000;

/// An event's canonical bytes, read in place. Borrows the bytes, which must start at a multiple of
/// eight and outlive it. Reads safely whatever the bytes: what lies outside them, is nested deeper
/// than 16 or read over a thousand times is met with kj::Exception. Of bytes that passed
/// `check_form` everything can be read, and nothing throws.
class EventReader {
 public:
  explicit EventReader(Bytes canonical);
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;

  [[nodiscard]] schema::Event::Reader get() const;
  [[nodiscard]] Kind kind() const { return get().getBody().which(); }

 private:
  kj::ArrayPtr<const capnp::word> segment_[1];
  mutable capnp::SegmentArrayMessageReader message_;
};

/// The event in canonical bytes that `check_form` passed or `EntryReader::event` would: read in
/// place, and faster than by an `EventReader`, for nothing is looked at twice. Borrows the bytes.
schema::Event::Reader formed_event(Bytes canonical);

/// The canonical bytes of an event (Cap'n Proto's canonical form: one segment, no segment table,
/// pre-order, no trailing zeros). What a publisher signs, the ledger stores and hashes.
OwnedBytes canonical_bytes(schema::Event::Reader event);

/// The gate of form: whether these bytes are one canonical event of a known kind whose every field
/// keeps its schema's and its kind's limits (`events/form/`). Total on hostile bytes; the answer
/// depends on the bytes alone. Refusals have rule "form".
tl::expected<void, Refusal> check_form(Bytes event);

}  // namespace braid
