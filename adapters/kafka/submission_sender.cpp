#include "adapters/kafka/submission_sender.hpp"

#include <algorithm>

#include "adapters/kafka/cloud_events.hpp"
#include "adapters/kafka/faults.hpp"

namespace braid::kafka {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

void* tag_of(std::uint64_t number) {
  return reinterpret_cast<void*>(static_cast<std::uintptr_t>(number));
}

std::uint64_t number_of(const rd_kafka_message_t& message) {
  return static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(message._private));
}

}  // namespace

SubmissionSender::SubmissionSender(const Connection& connection, const Topics& topics,
                                   milliseconds patience)
    : connection_(connection), topics_(topics), patience_(patience) {}

void SubmissionSender::send(std::uint64_t number, std::uint32_t partition, std::string_view place,
                            OwnedBytes framed, const Digest& digest) {
  if (!client_) connect();
  const auto [each, fresh] = on_the_way_.emplace(
      number, OnTheWay{partition, topics_.submissions(partition), std::string(place),
                       std::move(framed), digest.hex()});
  hand_over(number, each->second);
}

std::optional<SubmissionSender::Told> SubmissionSender::next(milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  while (!on_the_way_.empty()) {
    if (auto told = next_reported()) return told;
    if (error_ != 0) send_all_again();
    if (auto told = next_refused()) return told;
    const auto left = std::max(std::chrono::ceil<milliseconds>(deadline - Clock::now()),
                               milliseconds{0});
    EventHandle event(rd_kafka_queue_poll(queue_.get(), static_cast<int>(left.count())));
    if (!event) return std::nullopt;
    if (rd_kafka_event_type(event.get()) == RD_KAFKA_EVENT_DR) reports_ = std::move(event);
  }
  return std::nullopt;
}

bool SubmissionSender::awaits(std::uint32_t partition) const {
  return std::ranges::any_of(on_the_way_, [&](const auto& each) {
    return each.second.partition == partition;
  });
}

void SubmissionSender::connect() {
  auto properties = careful_producer(patience_ / max_attempts);
  // Where one is lost, those behind it must not overtake it.
  properties.push_back({"enable.gapless.guarantee", "true"});
  client_ = connection_.producer(properties);
  queue_.reset(rd_kafka_queue_get_main(client_.get()));
}

void SubmissionSender::hand_over(std::uint64_t number, const OnTheWay& each) {
  const auto source = topics_.source(each.partition);
  const auto error = kafka::send(
      client_.get(), {.to = &each.to,
                      .key = each.place,
                      .value = each.framed,
                      .headers = cloud_event_headers(
                          {.id = each.id, .source = source, .type = cloud_event_type::submission}),
                      .tag = tag_of(number)});
  if (error != 0) note(number, error);
}

void SubmissionSender::note(std::uint64_t number, int error) {
  if (remedy_for(error) == Remedy::give_up)
    on_the_way_.at(number).refused = error;
  else
    error_ = error;
}

/// By a new client, after the old one and all that it may still hold is gone.
void SubmissionSender::send_all_again() {
  const auto error = std::exchange(error_, 0);
  reports_ = nullptr;
  queue_ = nullptr;
  client_ = nullptr;
  connect();
  const bool enough = ++attempts_ == max_attempts;
  if (enough) attempts_ = 0;
  for (auto& [number, each] : on_the_way_) {
    if (each.refused != 0) continue;
    if (enough) each.refused = error;
    else hand_over(number, each);
  }
}

std::optional<SubmissionSender::Told> SubmissionSender::next_refused() {
  const auto each = std::ranges::find_if(
      on_the_way_, [](const auto& one) { return one.second.refused != 0; });
  if (each == on_the_way_.end()) return std::nullopt;
  return take(each, -1);
}

std::optional<SubmissionSender::Told> SubmissionSender::next_reported() {
  while (reports_) {
    const auto* report = rd_kafka_event_message_next(reports_.get());
    if (report == nullptr) {
      reports_ = nullptr;
    } else if (report->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      note(number_of(*report), report->err);
    } else if (report->offset < 0) {
      // There, and brokers had forgotten where: once more, to learn where the answer will come.
      hand_over(number_of(*report), on_the_way_.at(number_of(*report)));
    } else {
      attempts_ = 0;
      return take(on_the_way_.find(number_of(*report)), report->offset);
    }
  }
  return std::nullopt;
}

SubmissionSender::Told SubmissionSender::take(All::iterator each, std::int64_t offset) {
  Told told{.number = each->first, .offset = static_cast<std::uint64_t>(offset), .fault = {}};
  if (const auto error = each->second.refused; error != 0)
    told.fault = sentence(error, "send a submission to " + text_of(each->second.to));
  on_the_way_.erase(each);
  return told;
}

}  // namespace braid::kafka
