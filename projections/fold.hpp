#pragma once
// All that a file with a fold needs.
#include "events/native_rows.hpp"
#include "projections/every_projection.hpp"
#include "projections/kinds_by_family.hpp"

namespace braid::projections {

/// "None" in a day column.
inline constexpr std::int32_t no_day = INT32_MIN;

/// The identifier of the event that an accepted or refused entry carries.
inline Uuid id_of(schema::Event::Reader event) { return read(event.getId()); }

}  // namespace braid::projections
