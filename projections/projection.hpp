#pragma once
#include <memory>
#include <span>
#include <string_view>

#include "events/digest.hpp"
#include "events/table/table.hpp"
#include "events/table/table_set.hpp"
#include "projections/record.hpp"

namespace braid::projections {

/// A running projection. `fold` is deterministic: same entries, same rows. It knows nothing of
/// where rows are kept. Thread: one at a time; different projections share nothing, so they may run
/// at the same time.
class Fold {
 public:
  virtual ~Fold() = default;
  /// Takes the next entry of its partition, of any type.
  virtual void fold(const Record& record) = 0;
};

/// A projection is a name, a version, its tables and a fold. Raise the version when any row would
/// come out differently: the views are then rebuilt beside the live ones and swapped.
struct Projection {
  std::string_view name;
  std::uint32_t version;
  /// Starts it over a store; its tables join `tables`, which the worker flushes together with the
  /// position.
  std::unique_ptr<Fold> (*start)(const RowReader& store, TableSet& tables);
};

/// The digest of all views' rows, over every published table (events/table/view_digest.hpp).
Digest views_digest(const RowReader& rows);

/// Every projection, by name. Adding one is adding a row and a pair of files.
std::span<const Projection> projections();

/// The fold over a struct of tables. `Tables` is constructed from (const RowReader&, TableSet&),
/// and beside it, in its namespace, stands either
///   - `void fold(Tables&, const Record&, Body<schema::X>)` for every kind X of accepted event (the
///   compiler asks for the kinds
///     that are missing; name those the view leaves alone once, with AnyOf), or
///   - `void fold_entry(Tables&, const Record&)`, for a view of entries of every type.
template <class Tables>
class TableFold final : public Fold {
 public:
  TableFold(const RowReader& store, TableSet& set) : tables_(store, set) {}

  void fold(const Record& record) override {
    if constexpr (requires { fold_entry(tables_, record); }) {
      fold_entry(tables_, record);
    } else if (record.is_accepted()) {
      take(record);
    }
  }

  static std::unique_ptr<Fold> start(const RowReader& store, TableSet& set) {
    return std::make_unique<TableFold>(store, set);
  }

 private:
  void take(const Record& record);

  Tables tables_;
};

namespace detail {
// Finds the overloads beside `Tables` by its namespace; apart from the class so that its member
// does not hide them.
template <class Tables>
void fold_body(Tables& tables, const Record& record) {
  visit(record.event.getBody(), [&](auto body) { fold(tables, record, body); });
}
}  // namespace detail

template <class Tables>
void TableFold<Tables>::take(const Record& record) {
  detail::fold_body(tables_, record);
}

}  // namespace braid::projections
