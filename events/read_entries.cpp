#include "events/read_entries.hpp"

#include "events/merkle.hpp"

namespace braid {
namespace {

/// What the entry says, without its event.
void read_own(ReadEntry& entry, const EntryReader& reader, std::vector<Posting>& postings) {
  entry.head = reader.head();
  entry.entry = reader.get();
  if (entry.is_accepted()) append_postings(entry.entry.getAccepted(), postings);
}

void take_event(ReadEntry& entry, schema::Event::Reader event) {
  entry.event = event;
  entry.kind = event.getBody().which();
}

}  // namespace

ReadEntry read_entry(Bytes bytes, std::vector<Posting>& postings) {
  const EntryReader reader(bytes);
  ReadEntry entry;
  postings.clear();
  read_own(entry, reader, postings);
  entry.postings = postings;
  entry.leaf = leaf_hash(bytes);
  if (const auto event = reader.event_bytes()) {
    entry.event_bytes = *event;
    entry.event_hash = leaf_hash(*event);
    take_event(entry, *reader.event());
  }
  return entry;
}

void ReadEntries::read(const EntrySource& source, Sequence from, std::size_t max_bytes,
                       std::chrono::milliseconds patience, Events events) {
  clear();
  source.read(from, max_bytes, patience, batch_);
  entries_.reserve(batch_.entries.size());
  std::size_t readable = 0;
  try {
    for (; readable < batch_.entries.size(); ++readable) add(batch_.entries[readable], events);
  } catch (const HistoryBroken& broken) {
    entries_.resize(readable);
    unreadable_ = broken.what();
  }
  postings_before_.push_back(postings_.size());
  for (std::size_t i = 0; i < entries_.size(); ++i)
    entries_[i].postings = std::span<const Posting>(postings_).subspan(
        postings_before_[i], postings_before_[i + 1] - postings_before_[i]);
  hash();
}

void ReadEntries::clear() {
  batch_.entries.clear();
  entries_.clear();
  postings_.clear();
  postings_before_.clear();
  formless_.clear();
  unreadable_.clear();
}

void ReadEntries::add(Bytes bytes, Events events) {
  const EntryReader reader(bytes);
  postings_before_.push_back(postings_.size());
  auto& entry = entries_.emplace_back();
  read_own(entry, reader, postings_);
  add_event(entry, reader, events);
}

void ReadEntries::add_event(ReadEntry& entry, const EntryReader& reader, Events events) {
  const auto bytes = reader.event_bytes();
  if (!bytes) return;
  entry.event_bytes = *bytes;
  if (events == Events::readable)
    take_event(entry, *reader.event());
  else if (auto formed = check_form(*bytes))
    take_event(entry, formed_event(*bytes));
  else
    entry.formless = formless_.emplace_back(std::move(formed.error().sentence));
}

/// Entries and events each at once: hashing one message after another takes twice as long.
void ReadEntries::hash() {
  events_.clear();
  for (const auto& entry : entries_)
    if (entry.has_event()) events_.push_back(entry.event_bytes);
  leaves_.resize(entries_.size());
  event_hashes_.resize(events_.size());
  leaf_hashes(bytes().first(entries_.size()), leaves_);
  leaf_hashes(events_, event_hashes_);
  auto event_hash = event_hashes_.begin();
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    entries_[i].leaf = leaves_[i];
    if (entries_[i].has_event()) entries_[i].event_hash = *event_hash++;
  }
}

}  // namespace braid
