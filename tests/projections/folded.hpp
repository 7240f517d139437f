#pragma once
#include "events/table/memory_row_store.hpp"
#include "projections/reports/report.hpp"
#include "projections/reports/rows.hpp"
#include "tests/support/ledger_world.hpp"

namespace braid::test {

/// A history as views meet it: what is added is folded by every projection at once.
class Folded {
 public:
  Folded() = default;
  /// Of a story: its accepted events, with their postings.
  explicit Folded(const Given& given);

  Folded& accept(Bytes event, std::span<const Posting> postings, std::vector<Finding> flags = {});
  Folded& refuse(const Said& said, const Finding& why);

  /// Every row of a table, in the order of its keys.
  template <TableRow Row>
  [[nodiscard]] std::vector<Row> rows() const {
    std::vector<Row> all;
    projections::for_each_row<Row>(store(), [&](const Row& row) { all.push_back(row); });
    return all;
  }
  /// The one row that a question is true of. Fails the test where there is none.
  template <TableRow Row, class Question>
  [[nodiscard]] Row row(Question question) const {
    for (const auto& each : rows<Row>())
      if (question(each)) return each;
    throw std::runtime_error("no row of " + std::string(Row::table) + " is as asked");
  }

  /// As one place that is its own register. Borrows this.
  [[nodiscard]] projections::ViewsSnapshot snapshot() const;

 private:
  [[nodiscard]] const MemoryRowStore& store() const;
  void append(const std::function<Bytes(EntryEncoder&, const EntryHead&)>& encode);

  std::vector<OwnedBytes> entries_;
  Digest last_leaf_{};
  mutable std::shared_ptr<MemoryRowStore> store_;  // folded when first asked
};

}  // namespace braid::test
