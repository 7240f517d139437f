#include <algorithm>

#include "tests/adapters/kafka/protocol_model.hpp"

namespace braid::test::protocol {
namespace {

/// No reader has to stop without tampering.
bool no_reader_stops(const World&, const Reading& reading) { return !reading.stopped; }

bool replaced_stays_replaced(const World&, const Reading& reading) { return !reading.returned; }

bool unbroken_chain(const World&, const Reading& reading) {
  Leaf head = 0;
  for (std::size_t i = 0; i < reading.valid.size(); ++i) {
    if (reading.valid[i].number != i || reading.valid[i].leaf != head) return false;
    head = leaf_of(reading.valid[i]);
  }
  return true;
}

bool accepted_once(const World&, const Reading& reading) {
  return std::ranges::count(reading.valid, Outcome::accepted, &Message::outcome) <= 1;
}

/// Each position has exactly one entry, in their order.
bool one_entry_a_position(const World&, const Reading& reading) {
  for (std::size_t i = 0; i < reading.valid.size(); ++i)
    if (reading.valid[i].position != i + 1) return false;
  return true;
}

bool register_never_goes_back(const World&, const Reading& reading) {
  return std::ranges::is_sorted(reading.valid, {}, &Message::registered);
}

/// Whoever decides again what the log holds decides the same.
bool decided_again_the_same(const World&, const Reading& reading) {
  Messages before;
  for (const auto& entry : reading.valid) {
    if (judge(before, entry.registered) != entry.outcome) return false;
    before.push_back(entry);
  }
  return true;
}

bool receipts_are_true(const World& world, const Reading& reading) {
  return std::ranges::all_of(world.receipts(), [&](const Receipt& receipt) {
    return receipt.leaf == 0 || std::ranges::any_of(reading.valid, [&](const Message& entry) {
             return leaf_of(entry) == receipt.leaf;
           });
  });
}

bool one_answer_a_position(const World& world, const Reading&) {
  const auto& receipts = world.receipts();
  return std::ranges::adjacent_find(receipts, {}, &Receipt::position) == receipts.end();
}

/// A checkpoint's root is the history's: then no size has two.
bool one_root_a_size(const World& world, const Reading& reading) {
  const auto& signed_ = world.checkpoints();
  if (std::ranges::adjacent_find(signed_, {}, &Checkpoint::size) != signed_.end()) return false;
  return std::ranges::all_of(signed_, [&](const Checkpoint& checkpoint) {
    return checkpoint.size <= reading.valid.size() &&
           checkpoint.head == leaf_of(reading.valid[checkpoint.size - 1]);
  });
}

/// Where a writer serves and has nothing left to do, everything has its receipt. (Where a tail may
/// be cut, a writer may have read everything and its report still be on its way.)
bool answered_when_quiet(const World& world, const Reading& reading) {
  if (world.bounds().cuts > 0) return true;
  for (int number = 1; number <= world.bounds().writers; ++number) {
    const Writer& writer = world.writer(number);
    const bool quiet = writer.phase == Phase::serving && writer.seen == world.log() &&
                       writer.network.empty() && writer.next > world.bounds().positions &&
                       writer.mind == reading.valid;
    if (!quiet) continue;
    for (const auto& entry : reading.valid)
      if (!world.receipts().contains({entry.position, entry.outcome, leaf_of(entry)})) return false;
  }
  return true;
}

struct Invariant {
  std::string_view name;
  bool (*holds)(const World&, const Reading&);
};
constexpr std::array invariants = {
    Invariant{"no reader stops", no_reader_stops},
    Invariant{"who was replaced stays replaced", replaced_stays_replaced},
    Invariant{"the chain is gapless and unbroken", unbroken_chain},
    Invariant{"an event is accepted once", accepted_once},
    Invariant{"each position has exactly one entry", one_entry_a_position},
    Invariant{"the register never goes back", register_never_goes_back},
    Invariant{"deciding again gives the same", decided_again_the_same},
    Invariant{"every receipt is true", receipts_are_true},
    Invariant{"equal questions have equal answers", one_answer_a_position},
    Invariant{"one root for a size", one_root_a_size},
    Invariant{"everything is answered when all is quiet", answered_when_quiet},
};

}  // namespace

std::string broken_invariant(const World& world) {
  const auto reading = read_all(world.rules(), world.log());
  for (const auto& invariant : invariants)
    if (!invariant.holds(world, reading)) return std::string(invariant.name);
  return {};
}

std::string left_undone(World world) {
  world.run_alone();
  auto broken = broken_invariant(world);
  if (!broken.empty()) return "a writer alone breaks: " + broken;
  const auto reading = read_all(world.rules(), world.log());
  if (reading.valid.size() != std::size_t(world.bounds().positions))
    return "a writer alone leaves events undecided";
  for (const auto& entry : reading.valid)
    if (!world.receipts().contains({entry.position, entry.outcome, leaf_of(entry)}))
      return "a writer alone leaves events unanswered";
  return {};
}

}  // namespace braid::test::protocol
