#pragma once
#include <optional>
#include <string>
#include <variant>

#include "adapters/kafka/writer_id.hpp"
#include "events/entry.hpp"

namespace braid::kafka {

/// What a ledger partition carries. On the wire: who wrote it in the header `writer`, 16 bytes;
/// what it is in the header `kind`; the rest in the value. A kind never changes its form: another
/// form is another kind, at which an older reader stops.
///
///     barrier = follows       ; 16 bytes, all zero: nobody
///     opening = size head     ; 8 bytes, the least first; 32 bytes
///     entry   = entry         ; as events/entry.hpp has it, verbatim
inline constexpr std::string_view writer_header = "writer";
inline constexpr std::string_view kind_header = "kind";
inline constexpr std::string_view barrier_kind = "barrier";
inline constexpr std::string_view opening_kind = "opening";
inline constexpr std::string_view entry_kind = "entry";

/// "From here on I write, and nobody else": good only for readers whose writer is `follows`.
struct Barrier {
  WriterId writer;
  WriterId follows;  ///< nil: nobody has written yet
  bool operator==(const Barrier&) const = default;
};

/// What a writer has found before it serves.
struct Opening {
  WriterId writer;
  Sequence size = 0;
  Digest head;  ///< leaf hash of the last entry
  bool operator==(const Opening&) const = default;
};

/// An entry as a reader judges it; its bytes stay with the caller.
struct EntryMessage {
  WriterId writer;
  Sequence sequence = 0;
  Digest previous;  ///< leaf hash of the entry before
  Digest leaf;
  bool operator==(const EntryMessage&) const = default;
};

/// Calls itself an entry and is none that this version can read.
struct UnreadableEntry {
  WriterId writer;
  std::string why;
  Digest content{};  ///< of all that is read of the message
  bool operator==(const UnreadableEntry&) const = default;
};

/// Written by a hand that is not ours: without a writer, or malformed.
struct Foreign {
  std::string why;
  Digest content{};  ///< of all that is read of the message
  bool operator==(const Foreign&) const = default;
};

/// Of a kind that this version does not know.
struct UnknownKind {
  WriterId writer;
  std::string kind;
  Digest content{};  ///< of all that is read of the message
  bool operator==(const UnknownKind&) const = default;
};

using LogMessage =
    std::variant<Barrier, Opening, EntryMessage, UnreadableEntry, Foreign, UnknownKind>;

/// What of a Kafka message is ours, borrowed. A header that is absent is nothing.
struct MessageParts {
  std::optional<std::string_view> kind;
  std::optional<Bytes> writer;
  Bytes value;
};

/// Total: any bytes are one of the six. Reads an entry in place where its bytes start at a multiple
/// of eight, and copies it first elsewhere.
LogMessage decode(const MessageParts& parts);
/// The same where `leaf`, the leaf hash of the value, is known: for who hashes many entries at once
/// (`leaf_hashes`).
LogMessage decode(const MessageParts& parts, const Digest& leaf);

/// By which a message is known when it is read again: two that differ in writer, kind or value have
/// different marks.
Digest mark_of(const LogMessage& message);

/// The value of a message, for sending it. An entry's is the entry.
OwnedBytes value_of(const Barrier& barrier);
OwnedBytes value_of(const Opening& opening);

}  // namespace braid::kafka
