#pragma once
#include <optional>
#include <string>
#include <vector>

#include "events/entry_source.hpp"
#include "events/uuid.hpp"
#include "projections/record.hpp"
#include "projections/schema/views.rows.hpp"

namespace braid::projections {

/// An accepted entry about a pool, in one copy of the history.
struct PoolEntry {
  std::uint32_t partition = 0;
  Sequence sequence = 0;
  Uuid event;
  Kind kind{};
  std::string publisher;
  std::int32_t effective = 0;
  std::int64_t pence = 0;  ///< put into the pool or, negative, taken out of it
  Digest found;            ///< of the event and all that the ledger found, wherever it stands
};

/// What one copy of a ledger says of a pooled fund.
struct PoolReading {
  std::optional<PoolRow> pool;     ///< as its entries make it; nothing: it was never proposed
  std::vector<PoolEntry> entries;  ///< in the order of the history
};

/// Picks a pool's entries out of a history: those that name it, those that post to it, and reversals
/// of either; and makes of them what the view `pools` shows. From the entries alone: a copy's views
/// are not believed.
class PoolReader {
 public:
  explicit PoolReader(const Uuid& pool) : pool_(pool) {}

  /// Takes the next entry, of any type.
  void add(std::uint32_t partition, const Record& record, Bytes bytes);
  [[nodiscard]] PoolReading finish() &&;

 private:
  [[nodiscard]] bool concerns(const Record& record) const;

  Uuid pool_;
  PoolReading reading_;
  std::vector<OwnedBytes> kept_;
};

}  // namespace braid::projections
