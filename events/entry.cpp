#include "events/entry.hpp"

#include <capnp/serialize.h>

#include "events/check.hpp"
#include "events/form/canonical.hpp"

namespace braid {
namespace {

/// Throws where the bytes are no entry; so that nothing that is read from it later can fail.
Bytes checked(Bytes entry) {
  check(reinterpret_cast<std::uintptr_t>(entry.data()) % sizeof(capnp::word) == 0,
        "a batch keeps entries at multiples of eight");
  if (entry.size() > max_entry_bytes) {
    throw HistoryBroken("an entry of " + std::to_string(entry.size()) +
                        " bytes; none has more than " + std::to_string(max_entry_bytes));
  }
  if (const auto fault = form::canonical_fault(entry, form::entry_layout());
      fault != form::Fault::none) {
    throw HistoryBroken("these " + std::to_string(entry.size()) +
                        " bytes are not an entry: " + std::string(form::describe(fault)));
  }
  return entry;
}

Bytes bytes_of(capnp::Data::Reader data) {
  return std::as_bytes(std::span(data.begin(), data.size()));
}

}  // namespace

EntryReader::EntryReader(Bytes entry) : EntryReader(checked(entry), 0) {}

schema::Entry::Reader EntryReader::read_unchecked(Bytes entry) {
  return capnp::readMessageUnchecked<schema::Entry>(
      reinterpret_cast<const capnp::word*>(entry.data()));
}

EntryHead EntryReader::head() const {
  const auto entry = get();
  return {.sequence = entry.getSequence(),
          .previous = schema::read(entry.getPrevious()),
          .recorded_at_us = entry.getRecordedAt(),
          .queue_offset = entry.getQueueOffset(),
          .queue_generation = entry.getQueueGeneration(),
          .rule_book = entry.getRuleBook(),
          .register_size = entry.getRegisterSize()};
}

std::optional<Bytes> EntryReader::event_bytes() const {
  const auto entry = get();
  if (entry.isAccepted()) return bytes_of(entry.getAccepted().getEvent());
  if (!entry.isRefused()) return std::nullopt;
  const Bytes event = bytes_of(entry.getRefused().getEvent());
  return event.empty() ? std::nullopt : std::optional(event);
}

std::optional<schema::Event::Reader> EntryReader::event() const {
  const auto bytes = event_bytes();
  if (!bytes) return std::nullopt;
  if (const auto fault = form::canonical_fault(*bytes, form::event_layout());
      fault != form::Fault::none) {
    throw HistoryBroken("the " + std::to_string(bytes->size()) +
                        " bytes of its event are not an event: " +
                        std::string(form::describe(fault)));
  }
  return formed_event(*bytes);
}

void append_postings(schema::Accepted::Reader accepted, std::vector<Posting>& postings) {
  const auto strands = accepted.getStrands();
  for (const auto posting : accepted.getPostings()) {
    if (posting.getStrand() >= strands.size()) {
      throw HistoryBroken("a posting names strand " + std::to_string(posting.getStrand()) + " of " +
                          std::to_string(strands.size()));
    }
    postings.push_back({.account = posting.getAccount(),
                        .strand = schema::read(strands[posting.getStrand()]),
                        .year = posting.getYear(),
                        .pence = posting.getAmount(),
                        .subject = {posting.getSubjectHigh(), posting.getSubjectLow()}});
  }
}

std::vector<Posting> postings_of(schema::Accepted::Reader accepted) {
  std::vector<Posting> postings;
  postings.reserve(accepted.getPostings().size());
  append_postings(accepted, postings);
  return postings;
}

}  // namespace braid
