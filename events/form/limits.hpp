#pragma once
#include "events/bytes.hpp"
#include "events/form/form.hpp"
#include "events/form/layout.hpp"

namespace braid::form {

/// The widest amount that one field may say: a hundred billion pounds. Sums of a whole event stay
/// far inside 64 bits.
inline constexpr std::int64_t max_pence = 10'000'000'000'000;

/// Whether every field keeps what its schema says of it, in the order in which the schema declares
/// them: lengths, known enumerants, days from 1900 to 2200, pence from 0 to `max_pence`, UTF-8
/// without control characters, codes as they are written, nothing required left out, whole strands
/// and sealed boxes. `canonical` has no canonical_fault.
void check_limits(Form& form, Bytes canonical, const StructLayout& root);

}  // namespace braid::form
