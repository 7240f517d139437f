// What a Reading says when it refuses, and where.
#include "adapters/json/reading.hpp"

namespace braid::json {

bool Reading::refuse(JsonProblem problem) {
  problem_ = std::move(problem);
  return false;
}

bool Reading::refuse_value(std::size_t offset, Found found, Complaint complaint) {
  return refuse({path(), offset, is_secret() ? std::move(found.told) : std::move(found.shown),
                 std::move(complaint.expected), std::move(complaint.remedy)});
}

bool Reading::refuse_unknown(std::string_view name, std::size_t offset) {
  const Shape& shape = *top().shape;
  const auto near = nearest(name, shape.names());
  const bool is_secret_here =
      shape.is_secret() && near.empty();  // a name that is none may be somebody's words
  return refuse({path(), offset, is_secret_here ? "an unknown name" : quoted(name),
                 "a member of " + shape.name + ": " + list_of(shape.names()),
                 near.empty() ? "leave it out" : "write \"" + near + "\", or leave it out"});
}

bool Reading::refuse_missing(Frame& frame, int member) {
  frame.member = member;
  return refuse({path(), nowhere, "nothing", due(due_shape()), "say it: nothing has a default"});
}

JsonProblem Reading::problem_at(std::size_t stopped) const {
  JsonProblem problem = problem_.value();
  if (problem.offset == nowhere) problem.offset = stopped;
  return problem;
}

Stop Reading::stopped_at(std::size_t offset) const {
  const bool is_at_value = depth_ > 0 && (top().member >= 0 || top().shape->form == Form::list);
  return {offset, is_at_value ? &due_shape() : nullptr, is_secret()};
}

std::string Reading::path() const {
  std::string text;
  for (std::size_t level = 0; level < depth_; ++level) {
    const Frame& frame = frames_[level];
    if (frame.shape->form == Form::list) {
      const bool is_inside = level + 1 < depth_;  // then it was counted when it began
      text += "[" + std::to_string(frame.count - (is_inside ? 1 : 0)) + "]";
    } else if (frame.member >= 0) {
      text += (text.empty() ? "" : ".") +
              frame.shape->members[static_cast<std::size_t>(frame.member)].name;
    }
  }
  return text;
}

}  // namespace braid::json
