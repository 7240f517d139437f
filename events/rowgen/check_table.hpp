#pragma once
#include <string>

#include "events/rowgen/model.hpp"

namespace braid::rowgen {

/// Throws Unsupported where the fields of a table's struct cannot be its key, or are called as a
/// generated member is.
void check_table(const Struct& row);

[[noreturn]] void unsupported(const std::string& why);

}  // namespace braid::rowgen
