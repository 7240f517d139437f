#include <array>

#include "events/table/view_digest.hpp"
#include "projections/every_projection.hpp"
#include "projections/schema/views.rows.hpp"

namespace braid::projections {

Digest views_digest(const RowReader& rows) {
  std::vector<std::string_view> names;
  for (const auto& table : views_tables()) names.push_back(table.name);
  return view_digest(rows, names);
}

std::span<const Projection> projections() {
  // The heaviest first: the worker deals them out to its threads in this order.
  static const std::array all = {
      packages_projection,
      receipts_projection,
      subject_links_projection,
      pools_projection,
      allocation_projection,
      trial_balance_projection,
      deadlines_projection,
      published_spend_projection,
      runs_projection,
      approvals_projection,
      identities_projection,
      organisations_projection,
      control_exceptions_projection,
  };
  return all;
}

}  // namespace braid::projections
