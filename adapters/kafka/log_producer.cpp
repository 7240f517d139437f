#include "adapters/kafka/log_producer.hpp"

#include <array>

#include "adapters/kafka/faults.hpp"
#include "adapters/kafka/log_message.hpp"

namespace braid::kafka {
namespace {

/// A gap makes the client fail, and nothing is ever given up for the time it takes: whether a
/// message that timed out is in the log cannot be known.
const std::vector<Property> properties = {
    {"acks", "all"},
    {"enable.idempotence", "true"},
    {"enable.gapless.guarantee", "true"},
    {"max.in.flight.requests.per.connection", "5"},
    {"message.timeout.ms", "0"},
    {"message.max.bytes", "1048588"},
    {"linger.ms", "0.5"},
    {"batch.size", "1000000"},
    {"reconnect.backoff.max.ms", "1000"},
};

}  // namespace

LogProducer::LogProducer(const Connection& connection, const Topics& topics,
                         std::uint32_t partition, const WriterId& writer)
    : place_(topics.log(partition)),
      source_(topics.source(partition)),
      writer_(writer),
      client_(connection.producer(properties)),
      events_(rd_kafka_queue_get_main(client_.get())),
      topic_(rd_kafka_topic_new(client_.get(), place_.topic.c_str(), nullptr)) {
  if (!topic_) throw_fault(rd_kafka_last_error(), "write " + text_of(place_));
}

LogProducer::~LogProducer() {
  rd_kafka_purge(client_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
}

bool LogProducer::send(std::string_view kind, std::string_view event_type, std::string_view id,
                       Bytes value) {
  auto headers = cloud_event_headers({id, source_, event_type});
  add_header(headers, writer_header, writer_.bytes);
  add_header(headers, kind_header, as_bytes(kind));
  std::array<rd_kafka_vu_t, 5> parts{};
  parts[0].vtype = RD_KAFKA_VTYPE_RKT;
  parts[0].u.rkt = topic_.get();
  parts[1].vtype = RD_KAFKA_VTYPE_PARTITION;
  parts[1].u.i32 = place_.partition;
  parts[2].vtype = RD_KAFKA_VTYPE_VALUE;
  parts[2].u.mem = {const_cast<std::byte*>(value.data()), value.size()};
  parts[3].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  parts[3].u.i = RD_KAFKA_MSG_F_COPY;
  parts[4].vtype = RD_KAFKA_VTYPE_HEADERS;
  parts[4].u.headers = headers.get();
  const ErrorHandle error(rd_kafka_produceva(client_.get(), parts.data(), parts.size()));
  if (!error) {
    static_cast<void>(headers.release());  // the message's from here on
    ++sent_;
    return true;
  }
  const auto code = rd_kafka_error_code(error.get());
  if (code == RD_KAFKA_RESP_ERR__QUEUE_FULL) return false;
  fail_if_fatal();
  throw_fault(code, "write " + text_of(place_));
}

void LogProducer::serve(std::chrono::milliseconds patience) {
  auto wait_ms = static_cast<int>(patience.count());
  while (const auto event = EventHandle(rd_kafka_queue_poll(events_.get(), wait_ms))) {
    while (const auto* message = rd_kafka_event_message_next(event.get())) take_report(message);
    if (rd_kafka_event_error(event.get()) == RD_KAFKA_RESP_ERR__FATAL) fail_if_fatal();
    wait_ms = 0;  // what is there besides
  }
}

void LogProducer::take_report(const rd_kafka_message_t* message) {
  ++reported_;
  last_offset_ = message->offset;
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) return;
  fail_if_fatal();
  const auto doing = "write " + text_of(place_);
  if (remedy_for(message->err) == Remedy::give_up) throw IoFault(sentence(message->err, doing));
  throw OutcomeUnknown(sentence(message->err, doing));
}

void LogProducer::fail_if_fatal() {
  std::array<char, 512> details{};
  const auto error = rd_kafka_fatal_error(client_.get(), details.data(), details.size());
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return;
  throw OutcomeUnknown(sentence(error, "write " + text_of(place_)) + ": " + details.data());
}

}  // namespace braid::kafka
