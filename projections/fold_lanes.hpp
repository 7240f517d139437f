#pragma once
#include <vector>

#include "projections/projection.hpp"

namespace braid::projections {

/// Running folds, dealt out over lanes of about equal work, one thread a lane. Folds share nothing, so lanes need no locks.
class FoldLanes {
 public:
  FoldLanes(const RowReader& store, unsigned lanes);
  ~FoldLanes();

  /// Every fold of a lane takes every record, in order. Different lanes may run at the same time.
  void fold(unsigned lane, std::span<const Record> records);
  [[nodiscard]] unsigned size() const { return static_cast<unsigned>(lanes_.size()); }

  [[nodiscard]] std::size_t dirty_rows() const;
  /// Writes every fold's changed rows and the position in one durable step.
  void flush(RowStore& store, Bytes position);

 private:
  std::vector<std::vector<std::unique_ptr<Fold>>> lanes_;
};

}  // namespace braid::projections
