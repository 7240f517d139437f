#pragma once
#include <string>

#include "events/rowgen/model.hpp"

namespace braid::rowgen {

/// The text of x/y.rows.hpp: value types, keys, and the declarations of what the source defines.
std::string emit_header(const File& file);
/// The text of x/y.rows.cpp: layouts for the canonical encoding, `read`, `write`, and the list of
/// tables.
std::string emit_source(const File& file);

}  // namespace braid::rowgen
