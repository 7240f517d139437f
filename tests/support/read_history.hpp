#pragma once
#include <functional>

#include "events/merkle.hpp"
#include "events/read_entries.hpp"
#include "tests/support/ledger_story.hpp"

namespace braid::test {

/// Shows each accepted event of a story as the entry of partition 0 that it would be, in order.
inline void read_history(const Given& given,
                         const std::function<void(const ReadEntry& entry, Bytes bytes)>& see) {
  Sequence next = 0;
  Digest last{};
  for (const auto& original : given.accepted()) {
    EntryEncoder encoder;
    const EntryHead head{.sequence = next++,
                         .previous = last,
                         .recorded_at_us = start_of(day("2026-05-01")).us};
    const auto bytes = encoder.encode(
        head, AcceptedBody{.event = original.event, .postings = original.postings});
    last = leaf_hash(bytes);
    std::vector<Posting> room;
    see(read_entry(bytes, room), bytes);
  }
}

}  // namespace braid::test
