#include "tools/braid/register_copy.hpp"

#include "tools/braid/command.hpp"

namespace braid::cli {

bool RegisterCopy::reach_end() {
  if (!may_ask()) return false;
  const auto end = end_.ask(kafka_.topics().log(register_partition), patience_);
  const auto holds_it = [&](const kafka::Followed& copy) { return copy.read_to >= *end; };
  const bool reached = end && kafka_.follower().wait(register_partition, holds_it, patience_);
  note(reached);
  return reached;
}

bool RegisterCopy::may_ask() {
  const std::scoped_lock lock(mutex_);
  return Clock::now() >= not_before_;
}

void RegisterCopy::note(bool reached) {
  const std::scoped_lock lock(mutex_);
  if (!reached) not_before_ = Clock::now() + before_next_question;
  if (behind_ == !reached) return;
  behind_ = !reached;
  say(behind_ ? "the register cannot be read to its end for now: places are judged by what is here "
                "of it, and what is refused because somebody is not registered may be sent again"
              : "the register is read to its end again");
}

}  // namespace braid::cli
