#include "adapters/kafka/last_answer.hpp"

#include <algorithm>
#include <variant>

#include "adapters/kafka/answer_message.hpp"
#include "adapters/kafka/assigned_reader.hpp"
#include "adapters/kafka/cloud_events.hpp"

namespace braid::kafka {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// So many are looked at: the very last may be a mark of Kafka's, or a stranger's.
constexpr std::uint64_t looked_at = 64;

std::optional<AnswerPlace> place_of(const rd_kafka_message_t& message) {
  return AnswerPlace::parse([&](std::string_view name) { return header_text(message, name); });
}

/// How many events are answered by what a message holds; nothing where it is no answer.
std::optional<std::size_t> events_in(Bytes value) {
  const auto answer = ledger::decode_answer(value);
  if (!answer) return std::nullopt;
  const auto* receipts = std::get_if<std::vector<ledger::Receipt>>(&*answer);
  return receipts == nullptr ? 0 : receipts->size();
}

/// The offset behind the submission where it is answered to its end, else its own.
std::optional<std::int64_t> answered_by(const rd_kafka_message_t& message) {
  const auto place = place_of(message);
  const auto events = events_in(value_of(message));
  if (!place || !events) return std::nullopt;
  const bool whole = place->first + *events == place->events;
  return static_cast<std::int64_t>(place->submission) + (whole ? 1 : 0);
}

}  // namespace

std::int64_t answered_up_to(const Connection& connection, const Topics& topics,
                            std::uint32_t partition, milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  const auto place = topics.receipts(partition);
  AssignedReader reader(connection, topics, {.tell_end = true});
  const auto [begin, end] = reader.bounds(place, patience);
  if (begin == end) return 0;
  const auto from = end > begin + looked_at ? end - looked_at : begin;
  reader.add(place, static_cast<std::int64_t>(from));
  std::int64_t answered = 0;
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
    const auto next = reader.next(std::max(left, milliseconds{0}));
    if (next.message == nullptr) {
      if (next.at_end) return answered;
      throw IoFault("cannot read the last answers in " + text_of(place) +
                    ": the brokers do not answer in time");
    }
    if (const auto one = answered_by(*next.message)) answered = *one;
    if (static_cast<std::uint64_t>(next.message->offset) + 1 >= end) return answered;
  }
}

}  // namespace braid::kafka
