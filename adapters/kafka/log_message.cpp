#include "adapters/kafka/log_message.hpp"

#include <algorithm>
#include <array>

#include "events/faults.hpp"
#include "events/merkle.hpp"

namespace braid::kafka {
namespace {

constexpr std::size_t size_bytes = 8;
constexpr std::size_t digest_bytes = 32;
constexpr std::size_t shown_of_a_kind = 64;

Foreign malformed(std::string_view kind, std::size_t expected, Bytes value) {
  return {"the value of a message of kind " + std::string(kind) + " has " +
          std::to_string(expected) + " bytes, and this has " + std::to_string(value.size())};
}

LogMessage decode_barrier(const WriterId& writer, Bytes value, const Digest* /*leaf*/) {
  if (value.size() != WriterId::size) return malformed(barrier_kind, WriterId::size, value);
  const Barrier barrier{writer, *WriterId::from_bytes(value)};
  if (barrier.follows == writer) return Foreign{"a barrier by which a writer follows itself"};
  return barrier;
}

LogMessage decode_opening(const WriterId& writer, Bytes value, const Digest* /*leaf*/) {
  if (value.size() != size_bytes + digest_bytes)
    return malformed(opening_kind, size_bytes + digest_bytes, value);
  Opening opening{.writer = writer, .head = *Digest::from_bytes(value.subspan(size_bytes))};
  for (std::size_t i = 0; i < size_bytes; ++i)
    opening.size |= std::to_integer<Sequence>(value[i]) << 8 * i;
  return opening;
}

LogMessage decode_aligned_entry(const WriterId& writer, Bytes entry, const Digest* leaf) {
  try {
    const EntryHead head = EntryReader(entry).head();
    return EntryMessage{.writer = writer,
                        .sequence = head.sequence,
                        .previous = head.previous,
                        .leaf = leaf != nullptr ? *leaf : leaf_hash(entry)};
  } catch (const HistoryBroken& broken) {
    return UnreadableEntry{writer, broken.what()};
  }
}

LogMessage decode_entry(const WriterId& writer, Bytes entry, const Digest* leaf) {
  if (reinterpret_cast<std::uintptr_t>(entry.data()) % 8 == 0)
    return decode_aligned_entry(writer, entry, leaf);
  const OwnedBytes aligned(entry.begin(), entry.end());
  return decode_aligned_entry(writer, aligned, leaf);
}

struct Kind {
  std::string_view name;
  LogMessage (*decode)(const WriterId&, Bytes, const Digest*);
};
constexpr std::array kinds = {
    Kind{barrier_kind, decode_barrier},
    Kind{opening_kind, decode_opening},
    Kind{entry_kind, decode_entry},
};

/// Each part with its length before it, so that no two messages are the same bytes.
Digest content_of(const MessageParts& parts) {
  const Bytes kind = parts.kind ? as_bytes(*parts.kind) : Bytes{};
  const Bytes writer = parts.writer ? *parts.writer : Bytes{};
  const std::array<std::uint64_t, 4> shape = {parts.kind.has_value(), parts.writer.has_value(),
                                              kind.size(), writer.size()};
  return Sha256()
      .update(std::as_bytes(std::span(shape)))
      .update(kind)
      .update(writer)
      .update(parts.value)
      .digest();
}

LogMessage decode_parts(const MessageParts& parts, const Digest* leaf) {
  if (!parts.writer) return Foreign{"no header says who wrote it"};
  if (!parts.kind) return Foreign{"no header says what it is"};
  const auto writer = WriterId::from_bytes(*parts.writer);
  if (!writer) return Foreign{writer.error()};
  if (writer->is_nil()) return Foreign{"a writer id of zeros, which is nobody's"};
  const auto* kind = std::ranges::find(kinds, *parts.kind, &Kind::name);
  if (kind == kinds.end())
    return UnknownKind{*writer, std::string(parts.kind->substr(0, shown_of_a_kind))};
  return kind->decode(*writer, parts.value, leaf);
}

template <class Message>
constexpr bool keeps_content = requires(Message message) { message.content; };

LogMessage with_content(LogMessage message, const MessageParts& parts) {
  std::visit(
      [&]<class Message>(Message& each) {
        if constexpr (keeps_content<Message>) each.content = content_of(parts);
      },
      message);
  return message;
}

Sha256 begin_mark(std::string_view kind, const WriterId& writer) {
  Sha256 hash;
  hash.update(kind).update(Bytes(writer.bytes));
  return hash;
}

/// The kinds' names end differently, so none is the beginning of another's mark.
constexpr auto mark = []<class Message>(const Message& message) -> Digest {
  if constexpr (keeps_content<Message>) {
    return message.content;
  } else if constexpr (std::is_same_v<Message, EntryMessage>) {
    return begin_mark(entry_kind, message.writer).update(Bytes(message.leaf.bytes)).digest();
  } else {
    constexpr bool opens = std::is_same_v<Message, Opening>;
    return begin_mark(opens ? opening_kind : barrier_kind, message.writer)
        .update(value_of(message))
        .digest();
  }
};

}  // namespace

LogMessage decode(const MessageParts& parts) {
  return with_content(decode_parts(parts, nullptr), parts);
}

LogMessage decode(const MessageParts& parts, const Digest& leaf) {
  return with_content(decode_parts(parts, &leaf), parts);
}

Digest mark_of(const LogMessage& message) { return std::visit(mark, message); }

OwnedBytes value_of(const Barrier& barrier) {
  return {barrier.follows.bytes.begin(), barrier.follows.bytes.end()};
}

OwnedBytes value_of(const Opening& opening) {
  OwnedBytes value;
  value.reserve(size_bytes + digest_bytes);
  for (std::size_t i = 0; i < size_bytes; ++i)
    value.push_back(static_cast<std::byte>(opening.size >> 8 * i & 0xff));
  value.insert(value.end(), opening.head.bytes.begin(), opening.head.bytes.end());
  return value;
}

}  // namespace braid::kafka
