#include "adapters/files/problem.hpp"

namespace braid::files {

std::string sentence(const Problem& problem) {
  std::string text = problem.file;
  if (problem.line != 0) text += ", line " + std::to_string(problem.line);
  if (problem.column != 0) text += ", column " + std::to_string(problem.column);
  if (!problem.column_name.empty()) text += " (" + problem.column_name + ")";
  text += ": " + problem.reason;
  if (!problem.remedy.empty()) text += "; " + problem.remedy;
  return text;
}

}  // namespace braid::files
