#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "adapters/kafka/topics.hpp"

namespace braid::kafka {

inline constexpr std::size_t max_note_bytes = 16'384;
/// Notes that are read at once: the newest. Each partition's largest is among them while nobody
/// signs so many of others between two of its own.
inline constexpr std::size_t max_notes = 10'000;
/// How long brokers may stay away.
inline constexpr std::chrono::milliseconds patience_with_notes{30'000};

/// Publishes a signed checkpoint; returns when the brokers have it. Throws OutcomeUnknown where
/// that is not known: it may be published again. Throws IoFault.
void publish_checkpoint(const Connection& connection, const Topics& topics,
                        const std::string& origin, const std::string& note);

/// The notes that the topic holds now, the last `most` of its messages, in order, unread and not to
/// be trusted; those above `max_note_bytes` are left out. Throws IoFault.
std::vector<std::string> read_checkpoint_notes(const Connection& connection, const Topics& topics,
                                               std::size_t most = max_notes);

}  // namespace braid::kafka
