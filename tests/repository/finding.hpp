#pragma once
#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

namespace braid::test {

/// A line that breaks a rule of the house. `line` counts from 1; 0 means the whole file.
struct Finding {
  std::string path;
  std::size_t line = 0;
  std::string why;

  bool operator==(const Finding&) const = default;
};

using Findings = std::vector<Finding>;

/// As a compiler would say it, so that an editor can jump there: `path:line: why`.
std::ostream& operator<<(std::ostream& out, const Finding& finding);

}  // namespace braid::test
