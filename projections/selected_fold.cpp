#include "projections/selected_fold.hpp"

#include "events/table/memory_row_store.hpp"
#include "projections/projection.hpp"

namespace braid::projections {

class SelectedFold::Impl {
 public:
  Impl() {
    for (const auto& projection : projections())
      folds_.push_back(projection.start(store_, tables_));
  }

  void add(std::span<const Record> records) {
    for (const auto& fold : folds_) fold->fold(records);
  }

  const RowReader& rows() {
    tables_.flush(store_, {});
    return store_;
  }

 private:
  MemoryRowStore store_;
  TableSet tables_;
  std::vector<std::unique_ptr<Fold>> folds_;
};

SelectedFold::SelectedFold() : impl_(std::make_unique<Impl>()) {}
SelectedFold::~SelectedFold() = default;
void SelectedFold::add(std::span<const Record> records) { impl_->add(records); }
const RowReader& SelectedFold::rows() { return impl_->rows(); }

}  // namespace braid::projections
