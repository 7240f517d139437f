#include <algorithm>

#include "tests/adapters/kafka/protocol_model.hpp"

namespace braid::test::protocol {
namespace {

/// One message after another, as the table of adapters/kafka/protocol/README.md has it.
class Reader {
 public:
  explicit Reader(const Rules& rules) : rules_(rules) {}

  void take(const Message& message, std::size_t at) {
    switch (message.kind) {
      case Kind::barrier: return take_barrier(message);
      case Kind::opening: return take_opening(message);
      case Kind::entry: return take_entry(message, at);
    }
  }

  Reading reading;

 private:
  void take_barrier(const Message& barrier) {
    if (rules_.hold(Rule::barrier_names_predecessor) && barrier.number != reading.current) return;
    const bool was_current = std::ranges::find(past_, barrier.writer) != past_.end();
    if (was_current && barrier.writer != reading.current) reading.returned = true;
    past_.push_back(barrier.writer);
    reading.current = barrier.writer;
    reading.opened = reading.torn = false;
    own_from_ = std::ptrdiff_t(reading.valid.size());
  }

  void take_opening(const Message& opening) {
    if (opening.writer != reading.current || reading.opened) return;
    if (opening.number != reading.valid.size() || opening.leaf != head_of(reading.valid))
      reading.stopped = true;
    reading.opened = true;
  }

  void take_entry(const Message& entry, std::size_t at) {
    const bool served = entry.writer == reading.current && reading.opened && !reading.torn;
    if (!served && rules_.hold(Rule::entries_void_by_writer)) return;
    if (entry.number == reading.valid.size() && entry.leaf == head_of(reading.valid)) {
      reading.valid.push_back(entry);
      reading.valid_at.push_back(at);
      return;
    }
    const auto own = reading.valid.begin() + own_from_;
    if (!served || std::find(own, reading.valid.end(), entry) != reading.valid.end()) return;
    if (rules_.hold(Rule::gap_tears_its_writer)) {
      reading.torn = true;
    } else {
      reading.stopped = true;
    }
  }

  const Rules& rules_;
  std::vector<std::uint8_t> past_;
  std::ptrdiff_t own_from_ = 0;
};

std::string numbered(std::string_view what, int number) {
  return std::string(what) + " " + std::to_string(number);
}

}  // namespace

Reading read_all(const Rules& rules, const Messages& messages) {
  Reader reader(rules);
  for (std::size_t at = 0; at < messages.size() && !reader.reading.stopped; ++at)
    reader.take(messages[at], at);
  return std::move(reader.reading);
}

std::string describe(const Action& action) {
  using enum Action::What;
  switch (action.what) {
    case take_over:
      return numbered("writer", action.writer) + " reads to the end and sends its barrier, its " +
             numbered("register at", action.detail);
    case read: return numbered("writer", action.writer) + " reads to the end";
    case decide: return numbered("writer", action.writer) + " decides the next event and sends it";
    case land: return numbered("the next message of writer", action.writer) + " lands";
    case lose: return numbered("the next message of writer", action.writer) + " is lost";
    case repeat: return numbered("the next message of writer", action.writer) +
                        " lands, and a copy of it stays on its way";
    case land_late: return "a copy lands";
    case crash: return numbered("writer", action.writer) + " crashes";
    case cut: return numbered("the leader dies, the log has messages left:", action.detail);
    case replicate: return "all that was written is on every replica";
  }
  return {};
}

namespace {

void put(std::string& out, std::uint64_t number) {
  for (int i = 0; i < 8; ++i) out += static_cast<char>(number >> 8 * i & 0xff);
}

void put(std::string& out, const Messages& messages) {
  out += static_cast<char>(messages.size());
  for (const auto& m : messages) {
    for (const auto byte : {std::uint8_t(m.kind), m.writer, m.number, m.position,
                            std::uint8_t(m.outcome), m.registered})
      out += static_cast<char>(byte);
    put(out, m.leaf);
  }
}

}  // namespace

std::string World::text() const {
  std::string out;
  put(out, log_);
  put(out, late_);
  put(out, disk_);
  for (const auto number : {replicated_, std::size_t(losses_), std::size_t(repeats_),
                            std::size_t(cuts_), receipts_.size(), checkpoints_.size()})
    out += static_cast<char>(number);
  for (const auto& receipt : receipts_) {
    out += static_cast<char>(receipt.position);
    out += static_cast<char>(receipt.outcome);
    put(out, receipt.leaf);
  }
  for (const auto& checkpoint : checkpoints_) {
    out += static_cast<char>(checkpoint.size);
    put(out, checkpoint.head);
  }
  for (int i = 1; i <= bounds_.writers; ++i) {
    const Writer& each = writer(i);
    out += static_cast<char>(each.phase);
    out += static_cast<char>(each.registered);
    out += static_cast<char>(each.next);
    put(out, each.network);
    put(out, each.seen);
    put(out, each.mind);
  }
  return out;
}

}  // namespace braid::test::protocol
