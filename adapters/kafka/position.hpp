#pragma once
#include <optional>

#include "adapters/kafka/history_reader.hpp"

namespace braid::kafka {

/// What a message is known by when it is met again: its writer, kind and value.
Digest digest_of(const MessageParts& parts);

/// The message that was read last. Who goes on reading reads it again first: where it has become
/// another, the log was cut and filled again, which offsets alone do not tell.
struct LastRead {
  Offset offset = 0;
  Digest digest;
  bool operator==(const LastRead&) const = default;
};

/// How far a partition was read, as a follower stores it. A value.
struct Position {
  HistoryReader reader;
  std::optional<LastRead> last;  ///< nothing before the first message

  [[nodiscard]] OwnedBytes bytes() const;
  /// Refuses anything else than what `bytes` gave. `partition`: as HistoryReader names it.
  static Parsed<Position> parse(std::string partition, Bytes bytes);
};

}  // namespace braid::kafka
