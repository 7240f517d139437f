#include "projections/prepared_batch.hpp"

#include "events/merkle.hpp"

namespace braid::projections {

void PreparedBatch::read(std::uint32_t partition, const EntrySource& source, Sequence from,
                         std::size_t max_bytes, std::chrono::milliseconds patience) {
  records_.clear();
  entries_.clear();
  events_.clear();
  source.read(from, max_bytes, patience, batch_);
  leaves_.resize(batch_.entries.size());
  leaf_hashes(batch_.entries, leaves_);
  if (postings_.size() < batch_.entries.size()) postings_.resize(batch_.entries.size());
  for (const auto bytes : batch_.entries) add(partition, bytes);
}

void PreparedBatch::add(std::uint32_t partition, Bytes bytes) {
  const auto& entry = entries_.emplace_back(bytes);
  auto& postings = postings_[records_.size()];
  postings.clear();
  schema::Event::Reader event;
  const auto event_bytes = entry.event_bytes();
  if (event_bytes) event = events_.emplace_back(*event_bytes).get();
  const auto reader = entry.get();
  if (reader.isAccepted()) postings = postings_of(reader.getAccepted());
  records_.push_back(Record{.partition = partition,
                            .head = entry.head(),
                            .entry = reader,
                            .event = event,
                            .has_event = event_bytes.has_value(),
                            .postings = postings});
}

}  // namespace braid::projections
