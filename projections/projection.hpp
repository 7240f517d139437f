#pragma once
#include <memory>
#include <span>
#include <string_view>

#include "events/table/table.hpp"
#include "projections/record.hpp"

namespace braid::projections {

/// A running projection: its tables over a row store. `fold` is deterministic: same entries, same rows.
/// Knows nothing of where rows are kept. Thread: one at a time; different projections share nothing.
class Fold {
 public:
  virtual ~Fold() = default;
  /// Takes the next entry of its partition, of any type.
  virtual void fold(const Record& record) = 0;
  /// Its tables, which the worker flushes together with every other's and the position.
  virtual TableSet& tables() = 0;
};

/// A projection is a name, a version and a fold. Raise the version when a row would come out
/// differently: the views are then rebuilt beside the live ones and swapped.
struct Projection {
  std::string_view name;
  std::uint32_t version;
  std::string_view meaning;
  std::unique_ptr<Fold> (*start)(const RowReader& store);
};

/// Every projection, by name.
std::span<const Projection> projections();

}  // namespace braid::projections
