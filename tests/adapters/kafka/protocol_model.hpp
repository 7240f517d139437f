#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

/// The whole protocol in small: writers that take over, serve and die, a network that loses,
/// repeats and delays, a broker whose tail may be cut. The same model, action for action, as
/// adapters/kafka/protocol/Fencing.tla. Every rule can be taken away, to see what it was for.
namespace braid::test::protocol {

/// The rules, by the number of the trace that shows what happens without.
enum class Rule : std::uint8_t {
  gap_tears_its_writer = 1,     ///< without: it stops readers
  barrier_names_predecessor,    ///< without: any barrier makes its writer current
  receipts_after_takeover,      ///< without: only the entries of one's own are answered
  repeats_are_recorded,         ///< without: answered at once, from what is in flight
  unknown_keys_are_recorded,    ///< without: answered at once
  register_not_behind_the_log,  ///< without: opens with whatever register it has
  checkpoints_of_the_safe,      ///< without: of what was sent
  state_of_what_was_read,       ///< without: what was sent is stored too
  receipts_ask_for_the_report,  ///< without: when the entry is seen
  receipts_compare_offsets,     ///< without: when the entry is seen and reported, wherever
  receipts_ask_for_reading,     ///< without: when the entry is reported
  barrier_is_read_back,         ///< without: serves on what it knew before
  entries_void_by_writer,       ///< without: whoever continues the chain
  position_from_the_log,        ///< without: from what is known to be answered
};
inline constexpr int rule_count = 14;

struct Rules {
  std::uint32_t taken_away = 0;
  [[nodiscard]] bool hold(Rule rule) const { return (taken_away >> int(rule) & 1) == 0; }
};
inline Rules all_rules() { return {}; }
inline Rules without(Rule rule) { return {1U << int(rule)}; }

/// How much may happen.
struct Bounds {
  int writers = 3;
  int positions = 2;  ///< of the queue; at each the same event, judged by the register
  int losses = 1;
  int repeats = 1;
  int cuts = 0;  ///< of the broker's tail; more than none: a serving writer sees the tail before it
                 ///< is on every replica, as before Kafka 3.7
};
inline constexpr int max_writers = 4;
inline constexpr std::size_t max_in_flight = 2;

enum class Kind : std::uint8_t { barrier, opening, entry };
enum class Outcome : std::uint8_t { none, accepted, refused, repeated };

/// An entry's leaf, all before it included; 0: before the first.
using Leaf = std::uint64_t;

struct Message {
  Kind kind{};
  std::uint8_t writer = 0;
  std::uint8_t number = 0;    ///< barrier: follows; opening: size; entry: sequence
  std::uint8_t position = 0;  ///< the rest is an entry's
  Outcome outcome{};
  std::uint8_t registered = 0;
  Leaf leaf = 0;  ///< opening: head; entry: previous

  auto operator<=>(const Message&) const = default;
};
using Messages = std::vector<Message>;
Leaf leaf_of(const Message& entry);
/// Of the last of these entries.
Leaf head_of(const Messages& entries);

/// What a reader of these messages has: a second implementation of HistoryReader, with the rules
/// that can be taken away.
struct Reading {
  int current = 0;
  bool opened = false;
  bool torn = false;
  bool stopped = false;
  bool returned = false;  ///< a writer became current that had been before
  Messages valid;
  std::vector<std::size_t> valid_at;  ///< their offsets
};
Reading read_all(const Rules& rules, const Messages& messages);

struct Receipt {
  std::uint8_t position = 0;
  Outcome outcome{};
  Leaf leaf = 0;  ///< of the entry it promises; 0: none is promised
  auto operator<=>(const Receipt&) const = default;
};
struct Checkpoint {
  std::size_t size = 0;
  Leaf head = 0;
  auto operator<=>(const Checkpoint&) const = default;
};

enum class Phase : std::uint8_t { idle, asking, opening, serving, ended };
struct Writer {
  Phase phase{};
  std::uint8_t registered = 0;  ///< of the register: 0, the key is unknown; 1, it is known
  std::uint8_t next = 0;        ///< position in the queue
  Messages network;             ///< sent, and not in the log
  Messages seen;                ///< what it has read of the log
  Messages mind;                ///< the entries it believes in: found, and sent
};

struct Action {
  enum class What : std::uint8_t {
    take_over, read, decide, land, lose, repeat, land_late, crash, cut, replicate
  };
  What what{};
  int writer = 0;
  int detail = 0;  ///< take_over: register; land_late: which; cut: what is left
};
std::string describe(const Action& action);

class World {
 public:
  World(Rules rules, Bounds bounds) : rules_(rules), bounds_(bounds) {}

  /// Whether the action is possible; then it has happened.
  bool act(const Action& action);
  /// All that may be possible.
  [[nodiscard]] std::vector<Action> actions() const;
  /// All that is the case, so that equal worlds have equal texts.
  [[nodiscard]] std::string text() const;
  /// A writer beyond the bounds takes over and runs by itself, while nothing else happens.
  void run_alone();

  [[nodiscard]] const Rules& rules() const { return rules_; }
  [[nodiscard]] const Bounds& bounds() const { return bounds_; }
  [[nodiscard]] const Messages& log() const { return log_; }
  [[nodiscard]] const Writer& writer(int number) const { return writers_[std::size_t(number)]; }
  [[nodiscard]] const std::set<Receipt>& receipts() const { return receipts_; }
  [[nodiscard]] const std::set<Checkpoint>& checkpoints() const { return checkpoints_; }

 private:
  bool take_over(int number, int registered);
  bool read(int number);
  bool decide(int number);
  bool move_from(int number, Action::What what);
  bool land_late(int which);
  bool crash(int number);
  bool cut(int left);
  bool replicate();

  void append(const Message& message);
  void open(Writer& self, int number, const Reading& reading);
  void serve(Writer& self, const Reading& reading);
  void answer(int number, const Reading& reading);
  void answer_what_is_reported(const Writer& self, int number);
  [[nodiscard]] bool safe(const Message& entry, std::size_t at) const;
  [[nodiscard]] bool replicated(const Message& message) const;
  static void end(Writer& self);
  [[nodiscard]] bool dirty() const { return bounds_.cuts > 0; }

  Rules rules_;
  Bounds bounds_;
  Messages log_;
  std::size_t replicated_ = 0;  // so much of it is on every replica
  Messages late_;               // second copies that may land at any time
  std::array<Writer, max_writers + 1> writers_;
  std::set<Receipt> receipts_;
  std::set<Checkpoint> checkpoints_;
  Messages disk_;  // the decider's state as stored, where a rule lets it be ahead of the log
  int losses_ = 0;
  int repeats_ = 0;
  int cuts_ = 0;
};

/// What an event is answered at a position, by who believes in these entries and knows this much of
/// the register.
Outcome judge(const Messages& mind, int registered);

/// The name of the first invariant that does not hold; empty: all hold.
std::string broken_invariant(const World& world);
/// What is left undone where a new writer runs alone from here on; empty: nothing.
std::string left_undone(World world);
/// Where HistoryReader, stored and read back at every message, differs from `read_all`.
std::string disagreement(const Messages& log);

}  // namespace braid::test::protocol
