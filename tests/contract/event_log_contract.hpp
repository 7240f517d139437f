#pragma once
#include <functional>
#include <memory>
#include <string>

#include "events/digest.hpp"
#include "ledger/event_log.hpp"

namespace braid::support {

/// What every engine promises (ledger/event_log.hpp, events/entry_source.hpp), as sections of the
/// test case that calls it. `make` gives an engine whose histories are empty.
void check_event_log_contract(const std::function<std::unique_ptr<ledger::EventLog>()>& make);

/// What an engine promises besides that does not look into entries: bytes of any length from 1 to
/// `max_entry_bytes` come back whole. Of a log that is empty.
void check_any_bytes(ledger::EventLog& log);

/// The lengths of the entries below: multiples of eight.
inline constexpr std::size_t smallest_numbered_entry = 104;
inline constexpr std::size_t numbered_bytes = 304;
inline constexpr std::size_t largest_numbered_entry = max_entry_bytes / 8 * 8;

/// An entry as a sequencer writes it, whose event is bytes that name its sequence: to see entries
/// lost, doubled or mixed up.
OwnedBytes chained_entry(Sequence sequence, const Digest& previous, std::size_t bytes);

/// The entry of one and the same history, which continues entries of the usual length.
OwnedBytes numbered_entry(Sequence sequence, std::size_t bytes = numbered_bytes);

/// Appends numbered entries until the log has `end` of them, `at_once` in each append.
void append_numbered(ledger::LogWriter& writer, Sequence begin, Sequence end,
                     std::size_t at_once = 100);

/// Reads the whole log; the number of entries that are the numbered ones, in order, up to the first
/// that is not.
Sequence count_numbered(const EntrySource& reader);

}  // namespace braid::support
