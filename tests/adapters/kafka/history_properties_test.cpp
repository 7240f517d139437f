#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <optional>

#include "tests/adapters/kafka/protocol_model.hpp"

using namespace braid::test::protocol;

namespace {

constexpr Bounds much = {.writers = 3, .positions = 3, .losses = 3, .repeats = 4};

/// From 0 up to, not including, `end`, whatever the size at which rapidcheck has arrived.
int any_below(std::size_t end) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, static_cast<int>(end)));
}

Message any_message() {
  const auto below = [](int end) { return static_cast<std::uint8_t>(any_below(std::size_t(end))); };
  return {.kind = static_cast<Kind>(below(3)),
          .writer = static_cast<std::uint8_t>(1 + below(3)),
          .number = below(4),
          .position = static_cast<std::uint8_t>(1 + below(2)),
          .outcome = Outcome::accepted,
          .registered = below(2),
          .leaf = 0};
}

/// What may come next in a log into which anybody writes: half the time something that would count.
Message next_message(const Messages& log) {
  auto message = any_message();
  const auto reading = read_all(all_rules(), log);
  if (!log.empty() && any_below(4) == 0) return log[std::size_t(any_below(log.size()))];
  if (any_below(6) == 0) return message;
  if (message.kind == Kind::barrier) {
    message.number = static_cast<std::uint8_t>(reading.current);
  } else {
    message.writer = static_cast<std::uint8_t>(std::max(reading.current, 1));
    message.number = static_cast<std::uint8_t>(reading.valid.size());
    message.leaf = head_of(reading.valid);
  }
  return message;
}

/// Something that changes the world; seldom what would soon be the end of every story.
std::optional<Action> any_change(const World& world) {
  using enum Action::What;
  std::vector<Action> usual;
  std::vector<Action> rare;
  for (const auto& action : world.actions()) {
    World next = world;
    if (!next.act(action) || next.text() == world.text()) continue;
    const bool ends_soon =
        action.what == crash || action.what == take_over || action.what == lose;
    (ends_soon ? rare : usual).push_back(action);
  }
  const auto& from = usual.empty() || (!rare.empty() && any_below(12) == 0) ? rare : usual;
  if (from.empty()) return std::nullopt;
  return from[std::size_t(any_below(from.size()))];
}

}  // namespace

TEST_CASE("Whatever writers, network and crashes do, all invariants hold and readers agree") {
  CHECK(rc::check([] {
    World world(all_rules(), much);
    for (auto steps = any_below(100); steps > 0; --steps) {
      const auto action = any_change(world);
      if (!action) break;
      RC_LOG() << describe(*action) << '\n';
      world.act(*action);
      RC_ASSERT(broken_invariant(world).empty());
    }
    RC_CLASSIFY(read_all(all_rules(), world.log()).valid.size() > 1, "several valid entries");
    RC_ASSERT(disagreement(world.log()).empty());
    RC_ASSERT(left_undone(world).empty());
  }));
}

TEST_CASE("Whatever anybody writes into a log, readers from any start agree on it") {
  CHECK(rc::check([] {
    Messages log;
    for (auto size = any_below(40); size > 0; --size) log.push_back(next_message(log));
    const auto reading = read_all(all_rules(), log);
    RC_CLASSIFY(reading.stopped, "stops");
    RC_CLASSIFY(reading.valid.size() > 1, "several valid entries");
    RC_CLASSIFY(reading.torn, "torn");
    RC_ASSERT(disagreement(log).empty());
  }));
}
