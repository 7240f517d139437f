#pragma once
#include <cstdint>

#include "events/date.hpp"
#include "events/event.hpp"
#include "tools/braid/receipts.hpp"

namespace braid::cli {

/// Fresh UUIDv7 identifiers, each above the one before.
class EventIds {
 public:
  Uuid next();

 private:
  Uuid last_;
};

/// Today, in UTC.
Date today();

/// What a receipt's reader wants to know of an event's canonical bytes.
SentEvent sent_event(Bytes event);

}  // namespace braid::cli
