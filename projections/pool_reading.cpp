#include "projections/pool_reading.hpp"

#include <algorithm>

#include "events/table/memory_row_store.hpp"
#include "projections/fold.hpp"

namespace braid::projections {

namespace {

/// The pool that a body names by itself; nil where it names none.
Uuid pool_named_by(schema::Event::Reader event) {
  return visit(event.getBody(), [](auto body) -> Uuid {
    if constexpr (requires { body.getPool(); })
      return read(body.getPool());
    else if constexpr (requires { body.getAct(); })
      return read(body.getAct());
    else
      return {};
  });
}

/// The event and what the ledger found of it, as one hash: the same wherever it stands.
Digest hash_of(const Record& record) {
  Sha256 hash;
  hash.update(record.event_hash.bytes);
  const auto add = [&](std::string_view text) {
    hash.update(std::to_string(text.size()) + ":").update(text);
  };
  for (const auto& posting : record.postings) {
    add(posting.strand.organisation);
    add(posting.strand.fund);
    add(std::to_string(static_cast<int>(posting.strand.sector)) + " " +
        std::to_string(static_cast<int>(posting.account)) + " " + std::to_string(posting.year) +
        " " + std::to_string(posting.pence) + " " + posting.subject.text());
  }
  for (const auto flag : record.entry.getAccepted().getFlags()) {
    add(flag.getRule().cStr());
    add(flag.getField().cStr());
  }
  return hash.digest();
}

}  // namespace

bool PoolReader::concerns(const Record& record) const {
  if (pool_named_by(record.event) == pool_) return true;
  if (std::ranges::any_of(record.postings,
                          [&](const Posting& posting) { return posting.subject == pool_; }))
    return true;
  if (record.kind != Kind::EVENT_REVERSED) return false;
  const auto reversed = read(record.event.getBody().getEventReversed().getEvent());
  return std::ranges::any_of(reading_.entries,
                             [&](const PoolEntry& entry) { return entry.event == reversed; });
}

void PoolReader::add(std::uint32_t partition, const Record& record, Bytes bytes) {
  if (!record.is_accepted() || !concerns(record)) return;
  std::int64_t put_in = 0;
  for (const auto& posting : record.postings)
    if (posting.subject == pool_ && posting.account == Account::POOL) put_in += posting.pence;
  reading_.entries.push_back({.partition = partition,
                              .sequence = record.sequence(),
                              .event = id_of(record.event),
                              .kind = record.kind,
                              .publisher = record.event.getPublisher().cStr(),
                              .effective = record.event.getEffective(),
                              .pence = put_in,
                              .found = hash_of(record)});
  kept_.emplace_back(bytes.begin(), bytes.end());
}

PoolReading PoolReader::finish() && {
  MemoryRowStore rows;
  TableSet tables;
  const auto fold = pools_projection.start(rows, tables);
  std::vector<Posting> room;
  for (const auto& bytes : kept_) {
    const std::array record = {read_entry(bytes, room)};
    fold->fold(record);
  }
  tables.flush(rows, {});
  Table<PoolRow> pools(rows);
  if (const auto* pool = pools.find({pool_})) reading_.pool = *pool;
  return std::move(reading_);
}

}  // namespace braid::projections
