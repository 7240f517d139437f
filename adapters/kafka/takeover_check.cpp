#include "adapters/kafka/takeover_check.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "events/entry_source.hpp"
#include "events/submission.hpp"

namespace braid::kafka {
namespace {

using Objection = std::optional<std::string>;

std::string number(std::uint64_t value) { return std::to_string(value); }

std::string name_of(std::uint32_t partition) {
  return partition == register_partition ? "the register" : "partition " + number(partition);
}

std::string submission(std::uint64_t offset, const Takeover& takeover) {
  return "submission " + number(offset) + " of " + name_of(takeover.partition);
}

/// What was signed is never taken back: the log must begin with it.
Objection lacks_checkpoint(const Takeover& takeover) {
  std::uint64_t largest = 0;
  for (const auto& known : takeover.checkpoints) largest = std::max(largest, known.size);
  if (largest > takeover.tail.size)
    return "The log of " + name_of(takeover.partition) + " has " + number(takeover.tail.size) +
           " entries, and a signed checkpoint speaks of " + number(largest) +
           ": entries that were receipted are gone. Write nothing; compare with a mirror, and "
           "restore the topic from it.";
  if (largest == 0) return std::nullopt;
  const auto root = takeover.root_at(largest);
  for (const auto& known : takeover.checkpoints)
    if (known.size == largest && known.root != root)
      return "The first " + number(largest) + " entries of the log of " +
             name_of(takeover.partition) + " have the root " + root.hex() +
             ", and a signed checkpoint says " + known.root.hex() +
             ": the log is not the one that was signed. Write nothing; find out with braid verify "
             "and a mirror which entry was altered.";
  return std::nullopt;
}

Objection queue_begins_late(const Takeover& takeover) {
  auto next = takeover.tail.next.offset;
  if (takeover.tail.next.index == 0) next = std::max(next, takeover.answered);
  if (takeover.queue.begin <= next) return std::nullopt;
  return "The submissions of " + name_of(takeover.partition) + " begin at " +
         number(takeover.queue.begin) + ", and " + number(next) +
         " is to be judged next: those between were deleted before anybody judged them. Give the "
         "topic a longer retention, and ask publishers to send again whatever they have no receipt "
         "for.";
}

Objection queue_ends_early(const Takeover& takeover) {
  const auto next = takeover.tail.next;
  const auto needed = next.offset + (next.index == 0 ? 0 : 1);
  if (needed <= takeover.queue.end) return std::nullopt;
  return "The submissions of " + name_of(takeover.partition) + " end before " +
         number(takeover.queue.end) + ", and the log has judged them up to " + number(needed) +
         ": the topic was cut or made anew. Restore it; where that cannot be, the ledger needs a "
         "new generation of its queue before anybody serves.";
}

/// The queue must still hold what the log says came from it: else its offsets mean something else.
Objection last_submission_differs(const Takeover& takeover) {
  const auto& last = takeover.tail.last;
  if (!last || last->offset < takeover.queue.begin) return std::nullopt;  // retention took it
  const auto where = submission(last->offset, takeover);
  static constexpr std::string_view remedy =
      ". The topic was made anew, or altered: restore it, and write nothing before.";
  if (!takeover.last_submission)
    return "The queue holds nothing at " + where + ", which the log has judged" +
           std::string(remedy);
  const auto read =
      check_submission(*takeover.last_submission, takeover.ledger, takeover.partitions);
  if (!read)
    return "The queue holds at " + where + " what is no submission of this ledger (" +
           read.error().sentence + "), and the log has judged it" + std::string(remedy);
  if (read->root == last->root) return std::nullopt;
  return "The queue holds at " + where +
         " another than the one that the log has judged: its root is " + read->root.hex() +
         ", and the log says " + last->root.hex() + std::string(remedy);
}

Objection clocks_differ(const Takeover& takeover) {
  const auto difference = takeover.now_ms - takeover.barrier_timestamp_ms;
  if (std::abs(difference) <= Takeover::max_clock_difference_ms) return std::nullopt;
  const auto seconds = static_cast<std::uint64_t>(std::abs(difference)) / 1000;
  return "This machine's clock is " + number(seconds) + " s " +
         (difference > 0 ? "ahead of" : "behind") +
         " the broker's, and entries carry the time of recording: set both clocks (NTP), then "
         "start again.";
}

Objection register_behind(const Takeover& takeover) {
  if (takeover.partition == register_partition ||
      takeover.register_size >= takeover.tail.register_size)
    return std::nullopt;
  return "Entries of " + name_of(takeover.partition) + " were judged with " +
         number(takeover.tail.register_size) + " entries of the register, and this process has " +
         number(takeover.register_size) +
         ": a key or power that was revoked would be good again. Wait until it has followed the "
         "register; if it does not come, the register's log was cut: compare with a mirror.";
}

Objection rule_book_unknown(const Takeover& takeover) {
  const auto needed = std::max(takeover.tail.rule_book, takeover.rule_book_in_force);
  if (needed <= takeover.newest_rule_book) return std::nullopt;
  return "The ledger goes by rule book " + number(needed) + ", and this program knows those up to " +
         number(takeover.newest_rule_book) +
         ": install the version that the other processes run.";
}

/// In the order in which they are asked.
constexpr std::array checks = {
    lacks_checkpoint,  queue_begins_late, queue_ends_early,  last_submission_differs,
    clocks_differ,     register_behind,   rule_book_unknown,
};

}  // namespace

std::optional<std::string> objection_to(const Takeover& takeover) {
  for (const auto check : checks)
    if (auto objection = check(takeover)) return objection;
  return std::nullopt;
}

std::uint64_t serve_from(const Takeover& takeover) {
  return std::max(takeover.tail.next.offset, takeover.queue.begin);
}

}  // namespace braid::kafka
