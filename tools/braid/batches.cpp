#include "tools/braid/batches.hpp"

#include <algorithm>

#include "tools/braid/event_ids.hpp"

namespace braid::cli {
namespace {

/// Of a submission, apart from its events: names, key, signature, pointers.
constexpr std::size_t frame_bytes = 1024;

std::size_t framed_size(const OwnedBytes& event) { return event.size() + 8; }

}  // namespace

Batcher::Batcher(const Founding& founding, const SecretKey& key, std::size_t max_events,
                 std::function<void(SignedBatch)> take)
    : founding_(founding),
      key_(key),
      max_events_(std::clamp<std::size_t>(max_events, 1, Submission::max_events)),
      take_(std::move(take)) {}

void Batcher::add(OwnedBytes event) {
  const EventReader reader(event);
  const auto publisher = std::string_view(reader.get().getPublisher().cStr());
  const auto partition = partition_of_event(reader.get(), founding_.partitions);
  const bool fits = events_.size() < max_events_ &&
                    bytes_ + framed_size(event) <= Submission::max_bytes - frame_bytes;
  if (!fits || publisher != publisher_ || partition != partition_) finish();
  publisher_ = publisher;
  partition_ = partition;
  bytes_ += framed_size(event);
  events_.push_back(std::move(event));
}

void Batcher::finish() {
  if (events_.empty()) return;
  const std::vector<Bytes> borrowed(events_.begin(), events_.end());
  SignedBatch batch;
  batch.of_register = partition_ == register_partition;
  for (const auto& event : events_) batch.events.push_back(sent_event(event));
  batch.framed = sign_submission(founding_.name, publisher_, key_, borrowed);
  events_.clear();
  bytes_ = 0;
  take_(std::move(batch));
}

}  // namespace braid::cli
