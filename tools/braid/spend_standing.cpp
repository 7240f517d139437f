#include "tools/braid/spend_standing.hpp"

#include <deque>

#include "adapters/lmdb/row_store.hpp"
#include "events/native_rows.hpp"
#include "ledger/payment.hpp"

namespace braid::cli {
namespace {

/// The tables of the decider's state that lists of spending are about: a row a list.
constexpr std::string_view tables[] = {ledger::RunRow::table, ledger::SpendListRow::table};

MemoryRowStore copy_of_lists(const std::filesystem::path& stored) {
  MemoryRowStore copy;
  if (!lmdb::Environment::exists(stored)) return copy;
  const lmdb::RowSnapshot snapshot(stored);
  const auto position = snapshot.position();
  if (!position) return copy;
  const OwnedBytes at(position->begin(), position->end());
  for (const auto table : tables) {
    std::deque<OwnedBytes> bytes;
    std::vector<RowChange> rows;
    snapshot.scan(table, {}, [&](Bytes key, Bytes value) {
      const auto& own_key = bytes.emplace_back(key.begin(), key.end());
      const auto& own_value = bytes.emplace_back(value.begin(), value.end());
      rows.push_back({own_key, Bytes{own_value}});
      return true;
    });
    const TableChanges changes{table, rows};
    copy.commit(std::span(&changes, 1), at);
  }
  return copy;
}

}  // namespace

SpendStandings::SpendStandings(const Ledger& ledger, std::uint32_t partition)
    : stored_(ledger.directory.state(partition)),
      log_(ledger.directory),
      source_(log_.reader(partition)),
      history_(*source_),
      rows_(copy_of_lists(stored_)),
      state_(rows_, history_) {}

SpendStanding SpendStandings::look_up(const std::string& organisation, Date from, Date to,
                                      const Uuid& run, const Uuid& announcement) {
  follow();
  SpendStanding standing;
  if (const auto* known = state_.runs.find({run})) {
    standing.known = true;
    standing.lines = known->seen;
    standing.announced = known->count;
    standing.replaces = replaced_by(announcement);
  } else if (const auto* latest = state_.spend_lists.find({organisation, from.days, to.days})) {
    standing.replaces = latest->run;
  }
  return standing;
}

void SpendStandings::follow() {
  for (;;) {
    batch_.read(*source_, state_.own_chain.size(), ReadEntries::batch_bytes,
                std::chrono::milliseconds{0});
    if (batch_.empty()) return;
    if (batch_.entries().empty()) throw HistoryBroken(batch_.unreadable());
    for (const auto& entry : batch_.entries()) take(entry);
  }
}

void SpendStandings::take(const ReadEntry& entry) {
  state_.own_chain.follow(entry.head, entry.leaf);
  if (!entry.is_accepted()) return;
  const ledger::Record record{.sequence = entry.sequence(), .event = entry.event};
  const auto body = entry.event.getBody();
  if (entry.kind == Kind::SPEND_LIST_PUBLISHED) {
    state_.event_ids.change({schema::read(entry.event.getId())}).sequence = entry.sequence();
    ledger::apply(state_, record, body.getSpendListPublished());
  }
  if (entry.kind == Kind::SPEND_PUBLISHED)
    ledger::apply(state_, record, body.getSpendPublished());
}

/// The event that announced a list says what that list replaces.
std::optional<Uuid> SpendStandings::replaced_by(const Uuid& announcement) const {
  const auto place = place_of(announcement);
  if (!place) return std::nullopt;
  const auto bytes = history_.entry_at(*place);
  std::vector<Posting> postings;
  const auto entry = read_entry(bytes, postings);
  if (!entry.has_event() || entry.kind != Kind::SPEND_LIST_PUBLISHED) return std::nullopt;
  const auto list = entry.event.getBody().getSpendListPublished();
  if (!list.hasReplaces()) return std::nullopt;
  return schema::read(list.getReplaces());
}

/// Of a list announced since this began, or long before.
std::optional<Sequence> SpendStandings::place_of(const Uuid& event) const {
  if (const auto* row = state_.event_ids.find({event})) return row->sequence;
  const lmdb::RowSnapshot snapshot(stored_);
  KeyBytes key;
  append_key(ledger::EventIdRow::Key{event}, key);
  const auto stored = snapshot.get(ledger::EventIdRow::table, key.bytes());
  if (!stored) return std::nullopt;
  return decode<ledger::EventIdRow>(*stored).sequence;
}

}  // namespace braid::cli
