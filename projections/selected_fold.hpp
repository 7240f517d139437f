#pragma once
#include <memory>
#include <span>

#include "events/table/row_store.hpp"
#include "projections/record.hpp"

namespace braid::projections {

/// The views that some entries of a partition give, as if its history held no others: to show that
/// a figure follows from them. Rows are in memory. That nothing which matters was left out is not
/// shown by it. Thread: one.
class SelectedFold {
 public:
  SelectedFold();
  ~SelectedFold();

  /// Takes the next chosen entries, in the order of the history.
  void add(std::span<const Record> records);
  /// Of all that was taken so far; good until the next `add`.
  [[nodiscard]] const RowReader& rows();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace braid::projections
