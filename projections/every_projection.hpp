#pragma once
#include "projections/projection.hpp"

namespace braid::projections {

// One a file of the same name. `projections()` lists them.
extern const Projection allocation_projection;
extern const Projection approvals_projection;
extern const Projection control_exceptions_projection;
extern const Projection deadlines_projection;
extern const Projection identities_projection;
extern const Projection organisations_projection;
extern const Projection packages_projection;
extern const Projection pools_projection;
extern const Projection published_spend_projection;
extern const Projection receipts_projection;
extern const Projection runs_projection;
extern const Projection subject_links_projection;
extern const Projection trial_balance_projection;

}  // namespace braid::projections
