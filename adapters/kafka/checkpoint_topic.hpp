#pragma once
#include <string>
#include <vector>

#include "adapters/kafka/topics.hpp"

namespace braid::kafka {

/// Publishes a signed checkpoint; returns when the brokers have it. Throws Fault.
void publish_checkpoint(const Connection& connection, const Topics& topics,
                        const std::string& origin, const std::string& note);

/// Every note of the topic as it stands now, in order, unread and not to be trusted; those above
/// `max_note_bytes` are left out. Throws Fault.
std::vector<std::string> read_checkpoint_notes(const Connection& connection, const Topics& topics);

inline constexpr std::size_t max_note_bytes = 16'384;

}  // namespace braid::kafka
