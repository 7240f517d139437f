#include "tests/projections/folded.hpp"

#include "events/merkle.hpp"
#include "ledger/memory_log.hpp"
#include "projections/worker.hpp"

namespace braid::test {

Folded::Folded(const Given& given) {
  for (const auto& original : given.accepted()) accept(original.event, original.postings);
}

Folded& Folded::accept(Bytes event, std::span<const Posting> postings, std::vector<Finding> flags) {
  append([&](EntryEncoder& encoder, const EntryHead& head) {
    return encoder.encode(head, AcceptedBody{.event = event, .postings = postings, .flags = flags});
  });
  return *this;
}

Folded& Folded::refuse(const Said& said, const Finding& why) {
  const auto bytes = said.bytes();
  append([&](EntryEncoder& encoder, const EntryHead& head) {
    return encoder.encode(
        head,
        RefusedBody{.id = said.id, .hash = leaf_hash(bytes), .event = bytes, .finding = &why});
  });
  return *this;
}

void Folded::append(const std::function<Bytes(EntryEncoder&, const EntryHead&)>& encode) {
  EntryEncoder encoder;
  const EntryHead head{.sequence = entries_.size(),
                       .previous = last_leaf_,
                       .recorded_at_us = start_of(day("2026-05-01")).us};
  const auto bytes = encode(encoder, head);
  last_leaf_ = leaf_hash(bytes);
  entries_.emplace_back(bytes.begin(), bytes.end());
  store_.reset();
}

const MemoryRowStore& Folded::store() const {
  if (store_) return *store_;
  ledger::MemoryLog log;
  const std::vector<Bytes> borrowed(entries_.begin(), entries_.end());
  log.take_over(0)->append(0, borrowed);
  store_ = std::make_shared<MemoryRowStore>();
  const auto source = log.reader(0);
  projections::Worker(*source, *store_, {}).catch_up();
  return *store_;
}

projections::ViewsSnapshot Folded::snapshot() const {
  static const MemoryRowStore empty_register;
  return {.places = {&store()}, .registry = &empty_register};
}

}  // namespace braid::test
