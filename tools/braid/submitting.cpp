#include "tools/braid/submitting.hpp"

namespace braid::cli {

void Submitting::send(SignedBatch batch) {
  if (batch.of_register != of_register_) finish();
  of_register_ = batch.of_register;
  if (on_the_way_.size() >= Outlet::max_in_flight) take_one();
  outlet_.send(std::move(batch.framed));
  on_the_way_.push_back(std::move(batch.events));
}

void Submitting::finish() {
  while (!on_the_way_.empty()) take_one();
}

void Submitting::take_one() {
  const auto answer = outlet_.receive();
  const auto events = std::move(on_the_way_.front());
  on_the_way_.pop_front();
  answered_(events, answer);
}

}  // namespace braid::cli
