#pragma once
#include <initializer_list>
#include <map>
#include <string>

#include "adapters/lmdb/event_log.hpp"
#include "events/date.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {

/// "Then": so many entries of each partition, the register among them. Who asks for a day or an
/// instant means what the ledger had recorded by its end.
struct Moment {
  std::string text;  ///< for people: "the end of 2026-03-31 (UTC)"
  Instant until;     ///< what was recorded later is not in it
  std::map<std::uint32_t, Sequence> sizes;
};

/// The meaning of a moment on the command line, for its help.
inline constexpr const char* moment_help =
    "a day (to its end, UTC), an instant (2026-03-31T16:00:00Z), an entry's number in --partition, "
    "or now";

/// Reads what a person typed: a day, an instant in UTC, the number of an entry, which is included,
/// or "now". `partition` says in which partition a number counts; empty: the only place there is.
/// With a number, the other partitions go to what was recorded by the same time. Throws UsageError
/// where it is none of these, where the partition holds no such entry, or where nothing was recorded
/// yet; HistoryBroken where an entry cannot be read.
Moment moment_named(const Ledger& ledger, const lmdb::EventLog& log, const std::string& text,
                    const std::string& partition);

/// Throws UsageError where a partition is named and no moment is a number, which alone heeds it.
void check_partition_is_heeded(const std::string& partition,
                               std::initializer_list<std::string> moments);

}  // namespace braid::cli
