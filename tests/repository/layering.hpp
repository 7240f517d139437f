#pragma once
#include <span>
#include <string_view>

#include "tests/repository/finding.hpp"

namespace braid::test {

/// What the files below a folder may include. Paths are beginnings: "events/" allows all below it.
struct Layer {
  std::string_view folder;
  std::vector<std::string_view> ours;
  std::vector<std::string_view> third_party;
  bool may_touch_the_machine;  ///< files, streams, system calls: never in the functional core
};

/// The include table of the house, the innermost folder first. Adding a folder is adding a row.
std::span<const Layer> layers();

/// The includes of one file that its folder does not allow. A C++ file outside every layer is a
/// finding too.
Findings forbidden_includes(std::string_view path, std::string_view code);

}  // namespace braid::test
