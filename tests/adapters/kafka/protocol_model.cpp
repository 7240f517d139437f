#include "tests/adapters/kafka/protocol_model.hpp"

#include <algorithm>

namespace braid::test::protocol {
namespace {

std::uint8_t small(std::size_t number) { return static_cast<std::uint8_t>(number); }

Receipt receipt_of(const Message& entry) {
  return {entry.position, entry.outcome, leaf_of(entry)};
}

}  // namespace

Leaf leaf_of(const Message& entry) {
  const Leaf own = Leaf{1} << 9 | Leaf{entry.writer} << 5 | Leaf{entry.position} << 3 |
                   Leaf(entry.outcome) << 1 | Leaf{entry.registered};
  return entry.leaf << 10 | own;
}

Leaf head_of(const Messages& entries) { return entries.empty() ? 0 : leaf_of(entries.back()); }

Outcome judge(const Messages& mind, int registered) {
  const auto accepted = [](const Message& entry) { return entry.outcome == Outcome::accepted; };
  if (std::ranges::any_of(mind, accepted)) return Outcome::repeated;
  return registered == 0 ? Outcome::refused : Outcome::accepted;
}

bool World::act(const Action& action) {
  switch (action.what) {
    case Action::What::take_over: return take_over(action.writer, action.detail);
    case Action::What::read: return read(action.writer);
    case Action::What::decide: return decide(action.writer);
    case Action::What::land:
    case Action::What::lose:
    case Action::What::repeat: return move_from(action.writer, action.what);
    case Action::What::land_late: return land_late(action.detail);
    case Action::What::crash: return crash(action.writer);
    case Action::What::cut: return cut(action.detail);
    case Action::What::replicate: return replicate();
  }
  return false;
}

std::vector<Action> World::actions() const {
  using enum Action::What;
  std::vector<Action> all;
  for (int writer = 1; writer <= bounds_.writers; ++writer) {
    for (const int registered : {0, 1}) all.push_back({take_over, writer, registered});
    for (const auto what : {read, decide, land, lose, repeat, crash}) all.push_back({what, writer});
  }
  for (std::size_t i = 0; i < late_.size(); ++i) all.push_back({land_late, 0, int(i)});
  if (dirty()) {
    all.push_back({replicate});
    for (auto left = replicated_; left < log_.size(); ++left) all.push_back({cut, 0, int(left)});
  }
  return all;
}

/// Step 1. Writers are numbered in the order in which they come.
bool World::take_over(int number, int registered) {
  Writer& self = writers_[std::size_t(number)];
  const bool turn = number == 1 || writers_[std::size_t(number) - 1].phase != Phase::idle;
  if (self.phase != Phase::idle || !turn) return false;
  self.seen.assign(log_.begin(), log_.begin() + std::ptrdiff_t(replicated_));
  self.registered = small(std::size_t(registered));
  self.phase = Phase::asking;
  const auto reading = read_all(rules_, self.seen);
  self.network.push_back({.kind = Kind::barrier,
                          .writer = small(std::size_t(number)),
                          .number = small(std::size_t(reading.current))});
  if (!rules_.hold(Rule::barrier_is_read_back)) open(self, number, reading);
  return true;
}

/// Steps 2 and 3, to the sending of the opening.
void World::open(Writer& self, int number, const Reading& reading) {
  self.network.push_back({.kind = Kind::opening,
                          .writer = small(std::size_t(number)),
                          .number = small(reading.valid.size()),
                          .leaf = head_of(reading.valid)});
  self.phase = Phase::opening;
  self.mind = reading.valid;
  if (!rules_.hold(Rule::state_of_what_was_read) && disk_.size() > self.mind.size())
    self.mind = disk_;
  if (rules_.hold(Rule::register_not_behind_the_log)) {
    for (const auto& entry : reading.valid)
      self.registered = std::max(self.registered, entry.registered);
  }
}

/// Steps 4 and 5, as far as serving begins.
void World::serve(Writer& self, const Reading& reading) {
  self.phase = Phase::serving;
  self.next = self.mind.empty() ? 1 : small(self.mind.back().position + std::size_t{1});
  if (!rules_.hold(Rule::position_from_the_log)) {
    const auto answered = [&](int position) {
      return std::ranges::find(receipts_, position, &Receipt::position) != receipts_.end();
    };
    for (self.next = 1; answered(self.next);) ++self.next;
  }
  if (rules_.hold(Rule::receipts_after_takeover))
    for (const auto& entry : reading.valid) receipts_.insert(receipt_of(entry));
}

/// Reads all that there is. To have read less is to have read before the rest was there.
bool World::read(int number) {
  Writer& self = writers_[std::size_t(number)];
  if (self.phase == Phase::idle || self.phase == Phase::ended) return false;
  if (!rules_.hold(Rule::receipts_ask_for_reading)) answer_what_is_reported(self, number);
  const auto visible = self.phase == Phase::serving && dirty() ? log_.size() : replicated_;
  for (auto at = self.seen.size(); at < visible; ++at) self.seen.push_back(log_[at]);

  const auto reading = read_all(rules_, self.seen);
  const bool met_own_barrier = std::ranges::any_of(self.seen, [&](const Message& message) {
    return message.kind == Kind::barrier && message.writer == number;
  });
  if (!met_own_barrier) return true;
  if (reading.current != number || reading.stopped || reading.torn) return end(self), true;
  if (self.phase == Phase::asking) open(self, number, reading);
  if (self.phase == Phase::opening && reading.opened) serve(self, reading);
  if (self.phase == Phase::serving) answer(number, reading);
  return true;
}

/// Step 5: the next position's entry goes out.
bool World::decide(int number) {
  Writer& self = writers_[std::size_t(number)];
  if (self.phase != Phase::serving || self.next > bounds_.positions) return false;
  const auto of_own = [&](const Message& entry) { return entry.writer == number; };
  const auto found = read_all(rules_, self.seen).valid;
  const auto sent = std::size_t(std::ranges::count_if(self.mind, of_own));
  const auto read_back = std::size_t(std::ranges::count_if(found, of_own));
  if (sent - read_back >= max_in_flight) return false;

  Message entry{.kind = Kind::entry,
                .writer = small(std::size_t(number)),
                .number = small(found.size() - read_back + sent),
                .position = self.next,
                .outcome = judge(self.mind, self.registered),
                .registered = self.registered,
                .leaf = sent == 0 ? head_of(found) : head_of(self.mind)};
  ++self.next;
  if (entry.outcome == Outcome::repeated && !rules_.hold(Rule::repeats_are_recorded)) {
    const auto first = std::ranges::find(self.mind, Outcome::accepted, &Message::outcome);
    receipts_.insert({entry.position, entry.outcome, leaf_of(*first)});
    return true;
  }
  if (entry.outcome == Outcome::refused && !rules_.hold(Rule::unknown_keys_are_recorded)) {
    receipts_.insert({entry.position, entry.outcome, 0});
    return true;
  }
  self.network.push_back(entry);
  self.mind.push_back(entry);
  if (!rules_.hold(Rule::state_of_what_was_read)) disk_ = self.mind;
  if (!rules_.hold(Rule::checkpoints_of_the_safe))
    checkpoints_.insert({self.mind.size(), head_of(self.mind)});
  return true;
}

/// Step 6: receipts and checkpoints, in sequence, as far as all is safe.
void World::answer(int number, const Reading& reading) {
  std::size_t size = 0;
  for (; size < reading.valid.size(); ++size) {
    const Message& entry = reading.valid[size];
    if (entry.writer != number) continue;
    if (!safe(entry, reading.valid_at[size])) break;
    receipts_.insert(receipt_of(entry));
  }
  if (rules_.hold(Rule::checkpoints_of_the_safe) && size > 0)
    checkpoints_.insert({size, leaf_of(reading.valid[size - 1])});
}

bool World::safe(const Message& entry, std::size_t at) const {
  if (!rules_.hold(Rule::receipts_ask_for_the_report)) return true;
  if (!rules_.hold(Rule::receipts_compare_offsets)) return replicated(entry);
  return at < replicated_ && log_[at] == entry;
}

void World::answer_what_is_reported(const Writer& self, int number) {
  for (const auto& entry : self.mind)
    if (entry.writer == number && replicated(entry)) receipts_.insert(receipt_of(entry));
}

bool World::replicated(const Message& message) const {
  const auto end = log_.begin() + std::ptrdiff_t(replicated_);
  return std::find(log_.begin(), end, message) != end;
}

void World::append(const Message& message) {
  log_.push_back(message);
  if (!dirty()) replicated_ = log_.size();
}

bool World::move_from(int number, Action::What what) {
  auto& network = writers_[std::size_t(number)].network;
  if (network.empty()) return false;
  int none = 0;
  int& used = what == Action::What::lose     ? losses_
              : what == Action::What::repeat ? repeats_
                                             : none;
  const int allowed = what == Action::What::lose ? bounds_.losses : bounds_.repeats;
  if (what != Action::What::land && used++ >= allowed) return --used, false;
  const Message message = network.front();
  network.erase(network.begin());
  if (what == Action::What::repeat) {
    late_.push_back(message);
    std::ranges::sort(late_);
  }
  if (what != Action::What::lose) append(message);
  return true;
}

bool World::land_late(int which) {
  append(late_[std::size_t(which)]);
  late_.erase(late_.begin() + which);
  return true;
}

bool World::crash(int number) {
  Writer& self = writers_[std::size_t(number)];
  if (self.phase == Phase::idle || self.phase == Phase::ended) return false;
  end(self);
  return true;
}

/// What it had sent may still land.
void World::end(Writer& self) {
  Messages network = std::move(self.network);
  self = Writer{};
  self.phase = Phase::ended;
  self.network = std::move(network);
}

/// The leader dies; another has less. Producers send again what was not reported, in their order.
bool World::cut(int left) {
  if (cuts_ >= bounds_.cuts) return false;
  ++cuts_;
  while (log_.size() > std::size_t(left)) {
    auto& network = writers_[log_.back().writer].network;
    network.insert(network.begin(), log_.back());
    log_.pop_back();
  }
  return true;
}

bool World::replicate() {
  if (replicated_ == log_.size()) return false;
  replicated_ = log_.size();
  return true;
}

void World::run_alone() {
  const int number = bounds_.writers + 1;
  for (int before = 1; before < number; ++before) end(writers_[std::size_t(before)]);
  replicated_ = log_.size();
  bounds_.cuts = 0;
  take_over(number, 1);
  Writer& self = writers_[std::size_t(number)];
  constexpr int steps = 20;  // more than a writer that gets on needs
  for (int i = 0; i < steps && self.phase != Phase::ended; ++i) {
    while (move_from(number, Action::What::land)) {
    }
    read(number);
    while (decide(number)) {
    }
  }
}

}  // namespace braid::test::protocol
