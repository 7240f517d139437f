#include "tests/adapters/kafka/protocol_search.hpp"

#include <algorithm>
#include <deque>
#include <unordered_set>

#include "events/check.hpp"
#include "events/digest.hpp"

namespace braid::test::protocol {
namespace {

/// A world that was reached, and how.
struct Reached {
  std::size_t from = 0;
  Action by;
};

std::vector<std::string> way_to(const std::vector<Reached>& reached, std::size_t state) {
  std::vector<std::string> way;
  for (; state != 0; state = reached[state].from) way.push_back(describe(reached[state].by));
  std::ranges::reverse(way);
  return way;
}

/// Looks at each world's log through HistoryReader, and lets a new writer run alone from there.
class Look {
 public:
  std::string operator()(const World& world) {
    if (!logs_.insert(digest_of(world.log())).second) return {};
    auto wrong = disagreement(world.log());
    return wrong.empty() ? left_undone(world) : wrong;
  }

 private:
  static Digest digest_of(const Messages& log) {
    Sha256 digest;
    for (const auto& m : log) {
      const std::array<std::uint8_t, 6> bytes = {std::uint8_t(m.kind),    m.writer, m.number,
                                                 m.position,              std::uint8_t(m.outcome),
                                                 m.registered};
      digest.update(std::as_bytes(std::span(bytes))).update(std::as_bytes(std::span(&m.leaf, 1)));
    }
    return digest.digest();
  }

  std::unordered_set<Digest> logs_;  // what a new writer does depends on little else
};

}  // namespace

Searched search(Rules rules, Bounds bounds, const std::function<std::string(const World&)>& look) {
  std::vector<Reached> reached;
  std::unordered_set<Digest> known;
  std::deque<World> waiting;
  const auto meet = [&](World&& world, Reached how) -> std::string {
    if (!known.insert(sha256(as_bytes(world.text()))).second) return {};
    check(known.size() <= max_states, "the bounds are small");
    reached.push_back(how);
    auto wrong = broken_invariant(world);
    if (wrong.empty() && look) wrong = look(world);
    waiting.push_back(std::move(world));
    return wrong;
  };
  auto wrong = meet(World(rules, bounds), {});
  for (std::size_t from = 0; wrong.empty() && !waiting.empty(); ++from, waiting.pop_front()) {
    for (const auto& action : waiting.front().actions()) {
      World next = waiting.front();
      if (!next.act(action)) continue;
      wrong = meet(std::move(next), {from, action});
      if (!wrong.empty()) return {known.size(), wrong, way_to(reached, reached.size() - 1)};
    }
  }
  return {known.size(), wrong, {}};
}

Searched search_thoroughly(Bounds bounds) {
  Look look;
  return search(all_rules(), bounds, [&](const World& world) { return look(world); });
}

}  // namespace braid::test::protocol
