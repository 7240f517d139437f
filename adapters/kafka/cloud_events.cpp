#include "adapters/kafka/cloud_events.hpp"

#include <new>

#include "events/check.hpp"

namespace braid::kafka {
namespace {

constexpr std::size_t room_for_headers = 8;  // ours included: so many without growing

}  // namespace

namespace cloud_event_type {

std::string_view of(schema::Entry::Which entry) {
  switch (entry) {
    case schema::Entry::RECEIVED:
      return received;
    case schema::Entry::ACCEPTED:
      return accepted;
    case schema::Entry::REFUSED:
      return refused;
    case schema::Entry::REPEATED:
      return repeated;
  }
  check(false, "an entry that we wrote is of one of our kinds");
  return {};
}

}  // namespace cloud_event_type

HeadersHandle cloud_event_headers(const CloudEvent& event) {
  HeadersHandle headers(rd_kafka_headers_new(room_for_headers));
  if (!headers) throw std::bad_alloc();
  add_header(headers, "ce_specversion", as_bytes("1.0"));
  add_header(headers, "ce_id", as_bytes(event.id));
  add_header(headers, "ce_source", as_bytes(event.source));
  add_header(headers, "ce_type", as_bytes(event.type));
  add_header(headers, "content-type", as_bytes("application/x-capnp"));
  return headers;
}

void add_header(HeadersHandle& headers, std::string_view name, Bytes value) {
  const auto error =
      rd_kafka_header_add(headers.get(), name.data(), static_cast<ssize_t>(name.size()),
                          value.data(), static_cast<ssize_t>(value.size()));
  check(error == RD_KAFKA_RESP_ERR_NO_ERROR, "headers that were just made are not read-only");
}

namespace {

std::optional<Bytes> find(const rd_kafka_headers_t* headers, const char* name) {
  const void* value = nullptr;
  std::size_t size = 0;
  if (rd_kafka_header_get_last(headers, name, &value, &size) != RD_KAFKA_RESP_ERR_NO_ERROR ||
      value == nullptr)
    return std::nullopt;
  return Bytes(static_cast<const std::byte*>(value), size);
}

}  // namespace

std::optional<Bytes> header_of(const rd_kafka_message_t* message, const char* name) {
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR)
    return std::nullopt;
  return find(headers, name);
}

HeadersHandle take_headers(rd_kafka_message_t* message) {
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_detach_headers(message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR)
    return nullptr;
  return HeadersHandle(headers);
}

std::optional<Bytes> header_in(const HeadersHandle& headers, std::string_view name) {
  return headers ? find(headers.get(), std::string(name).c_str()) : std::nullopt;
}

std::string_view header_text(const rd_kafka_message_t& message, std::string_view name) {
  const auto value = header_of(&message, std::string(name).c_str());
  return value ? as_text(*value) : std::string_view();
}

}  // namespace braid::kafka
