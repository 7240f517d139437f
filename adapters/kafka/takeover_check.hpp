#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "adapters/kafka/log_tail.hpp"
#include "events/bytes.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/rules/rule.hpp"

namespace braid::kafka {

/// A queue's first offset, and the one behind its last.
struct QueueBounds {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  bool operator==(const QueueBounds&) const = default;
};

/// What a new writer knows when it asks whether it may serve (protocol step 2): gathered by who
/// takes over, between its barrier and its opening. A value that borrows what it names.
struct Takeover {
  static constexpr std::int64_t max_clock_difference_ms = 60'000;

  std::string_view ledger;       ///< its name
  std::uint32_t partitions = 0;  ///< as founded
  std::uint32_t partition = 0;
  LogTail tail;                                     ///< of the history, read to the own barrier
  std::function<Digest(Sequence)> root_at;          ///< of the same history: PastRoots
  std::span<const ledger::Checkpoint> checkpoints;  ///< known of this partition, signatures checked
  QueueBounds queue;
  /// The group's offset: submissions before it are answered, recorded or not. Advisory.
  std::uint64_t answered = 0;
  std::optional<OwnedBytes> last_submission;  ///< read again, where the queue still holds it
  std::int64_t barrier_timestamp_ms = 0;      ///< the broker's clock
  std::int64_t now_ms = 0;                    ///< ours
  Sequence register_size = 0;                 ///< entries of the register applied here
  std::uint16_t rule_book_in_force = 0;       ///< as the register has it today; 0: none yet
  std::uint16_t newest_rule_book = ledger::newest_rule_book;  ///< that this program knows
};

/// Nothing: it may serve, from `serve_from` on. Else the sentence for the operator: which check
/// failed, what was found, and what to do. Pure, but for what `root_at` reads; that is asked of the
/// largest checkpoint only.
std::optional<std::string> objection_to(const Takeover& takeover);

/// Where to begin, when there is no objection: at the later of the log's next place and the queue's
/// begin. Where that is not the log's next, what stood between was answered and not recorded. Pure.
std::uint64_t serve_from(const Takeover& takeover);

}  // namespace braid::kafka
