#include <array>

#include "projections/projection.hpp"

namespace braid::projections {

extern const Projection allocation_projection;
extern const Projection approvals_projection;
extern const Projection control_exceptions_projection;
extern const Projection deadlines_projection;
extern const Projection organisations_projection;
extern const Projection packages_projection;
extern const Projection pools_projection;
extern const Projection published_spend_projection;
extern const Projection receipts_projection;
extern const Projection runs_projection;
extern const Projection trial_balance_projection;

std::span<const Projection> projections() {
  // The heaviest first: the worker deals them out to its threads in this order.
  static const std::array all = {
      packages_projection,      receipts_projection,  pools_projection,         allocation_projection,
      trial_balance_projection, deadlines_projection, published_spend_projection, runs_projection,
      approvals_projection,     organisations_projection, control_exceptions_projection,
  };
  return all;
}

}  // namespace braid::projections
