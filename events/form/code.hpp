#pragma once
#include <string_view>

#include "events/schema/common.capnp.h"

namespace braid::form {

using schema::Code;

/// Whether `text` is written as this kind of code is.
bool is_code(Code code, std::string_view text) noexcept;

/// What such a code looks like, for whoever has to write one: "an ODS code: 3 to 10 of A-Z and 0-9,
/// such as \"X24\"".
std::string_view shape_of(Code code) noexcept;

}  // namespace braid::form
