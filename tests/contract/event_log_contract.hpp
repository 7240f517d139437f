#pragma once
#include <functional>
#include <memory>
#include <string>

#include "ledger/event_log.hpp"

namespace braid::support {

/// What every engine promises (ledger/event_log.hpp, events/entry_source.hpp), as sections of the
/// test case that calls it. `make` gives an engine whose histories are empty.
void check_event_log_contract(const std::function<std::unique_ptr<ledger::EventLog>()>& make);

/// Bytes that name their sequence and have the length asked for, at least 24: to see entries lost,
/// doubled or mixed up.
OwnedBytes numbered_entry(Sequence sequence, std::size_t bytes = 300);

/// Appends numbered entries until the log has `end` of them, `at_once` in each append.
void append_numbered(ledger::LogWriter& writer, Sequence begin, Sequence end,
                     std::size_t at_once = 100);

/// Reads the whole log; the number of entries that are the numbered ones, in order, up to the first
/// that is not.
Sequence count_numbered(const EntrySource& reader);

}  // namespace braid::support
