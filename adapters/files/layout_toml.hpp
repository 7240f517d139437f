#pragma once
#include <string_view>
#include <tl/expected.hpp>

#include "adapters/files/layout.hpp"
#include "adapters/files/problem.hpp"

namespace braid::files {

/// Reads one layout from TOML text; `file` names it in problems. Everything is checked: unknown
/// keys and roles, patterns of dates, columns of the same name and role, a layout without amount or
/// supplier, two pairs of mirrored date forms.
tl::expected<Layout, Problem> read_layout(std::string_view toml, std::string_view file);

}  // namespace braid::files
