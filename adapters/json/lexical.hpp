#pragma once
#include <string_view>

#include "adapters/json/problem.hpp"

namespace braid::json {

struct Shape;

/// Where a parser gave up on a line that is no JSON, and what was due there, where that is known.
struct Stop {
  std::size_t offset = 0;
  const Shape* due = nullptr;
  bool is_secret = false;  ///< what stands there must not be shown
};

/// What to say of it; the path is the caller's. Shows numbers and single characters, never words:
/// those may be clear text whose quotes were forgotten. All of the line before `stop` is JSON.
JsonProblem explain(std::string_view line, Stop stop);

}  // namespace braid::json
