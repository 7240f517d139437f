#pragma once
#include "adapters/files/spend_list.hpp"
#include "events/event.hpp"
#include "tools/braid/spend_suppliers.hpp"

namespace braid::cli {

/// What all events of one imported list have in common.
struct SpendRun {
  std::string publisher;
  std::string place;
  Digest content;  ///< of publisher and file: what identifiers are derived from
  Uuid run;
  Uuid announcement;  ///< the id of SpendListPublished
  Date from;
  Date to;

  /// The run of a file's list. The same file of the same publisher is the same run, wherever and
  /// whenever it is imported.
  static SpendRun of(const std::string& publisher, const std::string& place, const Digest& file,
                     Month month);
};

/// What a list is announced with.
struct SpendTotals {
  std::uint32_t rows = 0;
  std::int64_t paid = 0;
  std::int64_t credited = 0;
};

/// Longer text than events hold, in a row; the name of the column's role, or nothing.
std::optional<std::string_view> too_long(const files::SpendRow& row);

/// SpendListPublished. `root`: over the lines' events.
OwnedBytes list_event(const SpendRun& run, const files::SpendList& list, const SpendTotals& totals,
                      const Digest& root, const std::optional<Uuid>& replaces);
/// SpendPublished.
OwnedBytes line_event(const SpendRun& run, const files::SpendRow& row,
                      const SpendSuppliers::Supplier& supplier);

}  // namespace braid::cli
