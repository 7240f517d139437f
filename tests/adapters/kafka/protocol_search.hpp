#pragma once
#include <functional>

#include "tests/adapters/kafka/protocol_model.hpp"

namespace braid::test::protocol {

struct Searched {
  std::size_t states = 0;          ///< distinct ones
  std::string broken;              ///< the invariant that does not hold; empty: all hold everywhere
  std::vector<std::string> trace;  ///< a shortest way there
};

/// Every world that can come about, nearest first, until one breaks an invariant or `look`, which
/// sees each once, says what is wrong with it. Stops the program at `max_states`.
Searched search(Rules rules, Bounds bounds,
                const std::function<std::string(const World&)>& look = nullptr);
/// With all rules. Each log that can come about is read by HistoryReader too, and a new writer runs
/// alone from there.
Searched search_thoroughly(Bounds bounds);
inline constexpr std::size_t max_states = 5'000'000;

}  // namespace braid::test::protocol
