#pragma once
#include <string>
#include <string_view>

#include "events/faults.hpp"

namespace braid::kafka {

/// What can be done about an error of librdkafka.
enum class Remedy {
  wait,     ///< brokers away, leaders moving: librdkafka tries again by itself, say that we wait
  give_up,  ///< refused: security, unknown topic, message too large. Trying again changes nothing
  unknown,  ///< whether a write happened cannot be known, or the client is fatal: end it, read back
};

/// By librdkafka's error code (rd_kafka_resp_err_t, as an int, so that this header is light). A code
/// that is not in the table is `unknown`.
Remedy remedy_for(int error);
/// "cannot DOING: no broker answers (Local: All broker connections are down)": what it means, and in
/// parentheses the code's own words; DOING is such as "read braid.ledger/0".
std::string sentence(int error, std::string_view doing);
/// Throws IoFault, or OutcomeUnknown where that is the remedy.
[[noreturn]] void throw_fault(int error, std::string_view doing);

}  // namespace braid::kafka
