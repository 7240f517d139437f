#pragma once
#include <string_view>

#include "adapters/kafka/handles.hpp"
#include "events/entry.hpp"

namespace braid::kafka {

/// What a message is, as `ce_type` says.
namespace cloud_event_type {
inline constexpr std::string_view submission = "braid.submission";
inline constexpr std::string_view barrier = "braid.barrier";
inline constexpr std::string_view opening = "braid.opening";
inline constexpr std::string_view received = "braid.entry.received";
inline constexpr std::string_view accepted = "braid.entry.accepted";
inline constexpr std::string_view refused = "braid.entry.refused";
inline constexpr std::string_view repeated = "braid.entry.repeated";
inline constexpr std::string_view receipt = "braid.receipt";
inline constexpr std::string_view checkpoint = "braid.checkpoint";
/// Of an entry.
std::string_view of(schema::Entry::Which entry);
}  // namespace cloud_event_type

/// A message's head as CloudEvents 1.0 has it. `source` and `id` together name one message and its
/// repeats, and no other.
struct CloudEvent {
  std::string_view id;
  std::string_view source;  ///< Topics::source
  std::string_view type;
};

/// The headers of a message in the binary mode of the CloudEvents Kafka binding: `ce_specversion`,
/// `ce_id`, `ce_source`, `ce_type` and `content-type`.
HeadersHandle cloud_event_headers(const CloudEvent& event);
/// A header of our own beside them.
void add_header(HeadersHandle& headers, std::string_view name, Bytes value);
/// The last header of that name; nothing where there is none, or it has no value.
std::optional<Bytes> header_of(const rd_kafka_message_t* message, const char* name);
/// The same as text, empty where there is none.
std::string_view header_text(const rd_kafka_message_t& message, std::string_view name);
/// Takes a message's headers out of it; null where it has none. Headers are many small pieces of
/// memory: given back message by message they cost a third of what they cost given back together.
HeadersHandle take_headers(rd_kafka_message_t* message);
/// As `header_of`; `headers` may be null.
std::optional<Bytes> header_in(const HeadersHandle& headers, std::string_view name);

}  // namespace braid::kafka
