#pragma once
#include <memory>
#include <span>
#include <string_view>
#include <vector>

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
  /// Takes the next entries of its partition, of any type.
  virtual void fold(std::span<const Record> records) = 0;
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

namespace detail {
// The overloads are found beside `Tables`, by its namespace.
template <class Tables, class Body>
constexpr bool leaves_alone =
    std::same_as<decltype(fold(std::declval<Tables&>(), std::declval<const Record&>(),
                               std::declval<Body>())),
                 LeftAlone>;

/// Asked once of all kinds, so that what a view leaves alone is told by one look at a table.
template <class Tables>
const std::vector<bool>& kinds_folded() {
  static const auto folded = [] {
    std::vector<bool> of_kind;
    for (const auto& info : kinds())
      of_kind.push_back(visit(empty_body(info.kind),
                              [](auto body) { return !leaves_alone<Tables, decltype(body)>; }));
    return of_kind;
  }();
  return folded;
}
}  // namespace detail

/// Folds the event of an accepted entry by the overload for its kind.
template <class Tables>
void fold_body(Tables& tables, const Record& record) {
  if (!detail::kinds_folded<Tables>()[static_cast<std::size_t>(record.kind)]) return;
  visit(record.event.getBody(), [&](auto body) { fold(tables, record, body); });
}

/// The fold over a struct of tables. `Tables` is constructed from (const RowReader&, TableSet&),
/// and beside it, in its namespace, stands either
///   - `void fold(Tables&, const Record&, Body<schema::X>)` for every kind X of accepted event (the
///   compiler asks for the kinds that are missing; those the view leaves alone answer LeftAlone),
///   or
///   - `void fold_entry(Tables&, const Record&)`, for a view of entries of every type.
template <class Tables>
class TableFold final : public Fold {
 public:
  TableFold(const RowReader& store, TableSet& set) : tables_(store, set) {}

  void fold(std::span<const Record> records) override {
    for (const auto& record : records) {
      if constexpr (requires { fold_entry(tables_, record); })
        fold_entry(tables_, record);
      else if (record.is_accepted())
        fold_body(tables_, record);
    }
  }

  static std::unique_ptr<Fold> start(const RowReader& store, TableSet& set) {
    return std::make_unique<TableFold>(store, set);
  }

 private:
  Tables tables_;
};

}  // namespace braid::projections
