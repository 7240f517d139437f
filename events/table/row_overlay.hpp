#pragma once
#include <string>

#include "events/table/row_store.hpp"

namespace braid {

/// Rows that stand still, and what has changed of them since, read as one store. Commits go to what
/// lies above, so what lies below can be shared, read-only and as large as it likes: the cost is by
/// what changes. Above, a value has one more byte at its end, and an erased row is kept as no bytes.
/// Borrowed bytes are good until the next call on this object. Thread: the writer's.
class RowOverlay final : public RowStore {
 public:
  /// Borrows both; nobody else changes either meanwhile. `above`: empty, or what an overlay over the
  /// same rows left there.
  RowOverlay(const RowReader& below, RowStore& above) : below_(below), above_(above) {}

  [[nodiscard]] std::optional<Bytes> get(std::string_view table, Bytes key) const override;
  void scan(std::string_view table, Bytes from,
            const std::function<bool(Bytes key, Bytes value)>& visit) const override;
  [[nodiscard]] std::optional<Bytes> last_key(std::string_view table) const override;
  [[nodiscard]] std::optional<Bytes> position() const override;
  void commit(std::span<const TableChanges> changes, Bytes position) override;

  /// Commits what an overlay left in `above`, of these tables, to the rows that it lay over, some at
  /// a time: `onto` is of use once this has returned.
  static void settle(const RowReader& above, std::span<const std::string> tables, RowStore& onto);

 private:
  const RowReader& below_;
  RowStore& above_;
  mutable OwnedBytes last_;  ///< what `last_key` lends
};

}  // namespace braid
