#include "tools/braid/problems.hpp"

#include <fmt/format.h>

namespace braid::cli {

std::string sentence(const LineProblem& problem) {
  auto text = fmt::format("{}:{}:", problem.file, problem.line);
  if (problem.column != 0) text += fmt::format("{}:", problem.column);
  if (!problem.field.empty()) text += " " + problem.field + ":";
  text += " " + problem.what;
  return problem.remedy.empty() ? text : text + "; " + problem.remedy;
}

void Problems::add(LineProblem problem) {
  if (++count_ <= most_kept) kept_.push_back(std::move(problem));
}

void Problems::print() const {
  for (const auto& problem : kept_) fmt::print(stderr, "{}\n", sentence(problem));
  if (count_ > kept_.size()) fmt::print(stderr, "... and {} more\n", count_ - kept_.size());
}

}  // namespace braid::cli
