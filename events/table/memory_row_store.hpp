#pragma once
#include <map>
#include <string>

#include "events/table/row_store.hpp"

namespace braid {

/// A row store in memory: what the others must behave like, and what tests fold into. Passes the
/// same contract test (tests/events/row_store_contract.hpp) as the durable one.
class MemoryRowStore final : public RowStore {
 public:
  [[nodiscard]] std::optional<Bytes> get(std::string_view table, Bytes key) const override;
  void scan(std::string_view table, Bytes from,
            const std::function<bool(Bytes key, Bytes value)>& visit) const override;
  [[nodiscard]] std::optional<Bytes> last_key(std::string_view table) const override;
  [[nodiscard]] std::optional<Bytes> position() const override;
  void commit(std::span<const TableChanges> changes, Bytes position) override;

 private:
  struct KeyLess {
    using is_transparent = void;
    bool operator()(Bytes left, Bytes right) const noexcept;
  };
  using Rows = std::map<OwnedBytes, OwnedBytes, KeyLess>;

  std::map<std::string, Rows, std::less<>> tables_;
  std::optional<OwnedBytes> position_;
};

}  // namespace braid
