#include "tools/braid/spend_standing.hpp"

#include "adapters/lmdb/event_log.hpp"
#include "adapters/lmdb/row_store.hpp"
#include "events/native_rows.hpp"
#include "events/table/memory_row_store.hpp"
#include "ledger/pending_history.hpp"
#include "ledger/replay.hpp"

namespace braid::cli {
namespace {

/// The stored state as it is, for somebody who goes on from it in memory alone.
class SeenRows final : public RowStore {
 public:
  explicit SeenRows(const RowReader& rows) : rows_(rows) {}

  [[nodiscard]] std::optional<Bytes> get(std::string_view table, Bytes key) const override {
    return rows_.get(table, key);
  }
  void scan(std::string_view table, Bytes from,
            const std::function<bool(Bytes key, Bytes value)>& visit) const override {
    rows_.scan(table, from, visit);
  }
  [[nodiscard]] std::optional<Bytes> last_key(std::string_view table) const override {
    return rows_.last_key(table);
  }
  [[nodiscard]] std::optional<Bytes> position() const override { return rows_.position(); }
  /// A state keeps what it flushes in memory too, up to far more than a sequencer leaves unwritten.
  void commit(std::span<const TableChanges>, Bytes) override {}

 private:
  const RowReader& rows_;
};

/// The event that announced a list says what that list replaces.
std::optional<Uuid> replaced_by(const ledger::State& state, const Uuid& announcement) {
  const auto original = state.original(announcement);
  if (!original) return std::nullopt;
  const EventReader event(original->event);
  if (event.kind() != Kind::SPEND_LIST_PUBLISHED) return std::nullopt;
  const auto list = event.get().getBody().getSpendListPublished();
  if (!list.hasReplaces()) return std::nullopt;
  return schema::read(list.getReplaces());
}

}  // namespace

SpendStanding look_up_spend(const Ledger& ledger, std::uint32_t partition,
                            const std::string& organisation, Date from, Date to, const Uuid& run,
                            const Uuid& announcement) {
  const lmdb::EventLog log(ledger.directory);
  const auto source = log.reader(partition);
  if (source->size() == 0) return {};
  const ledger::PendingHistory history(*source);
  std::unique_ptr<RowReader> stored = std::make_unique<MemoryRowStore>();
  if (lmdb::Environment::exists(ledger.directory.state(partition)))
    stored = std::make_unique<lmdb::RowSnapshot>(ledger.directory.state(partition));
  SeenRows rows(*stored);
  ledger::State state(rows, history);
  ledger::replay(state, *source, false);
  SpendStanding standing;
  if (const auto* known = state.runs.find({run})) {
    standing.known = true;
    standing.lines = known->seen;
    standing.announced = known->count;
    standing.replaces = replaced_by(state, announcement);
  } else if (const auto* latest = state.spend_lists.find({organisation, from.days, to.days})) {
    standing.replaces = latest->run;
  }
  return standing;
}

}  // namespace braid::cli
