#include "adapters/kafka/position.hpp"

#include <array>

namespace braid::kafka {
namespace {

// last offset (8 bytes, -1: none), digest (32), then what HistoryReader stores.
constexpr std::size_t offset_bytes = sizeof(Offset);
constexpr std::size_t head_bytes = offset_bytes + sizeof(Digest::bytes);
constexpr Offset none = -1;

/// Each part with its length before it, so that no two messages give the same bytes.
void update(Sha256& hash, bool present, Bytes part) {
  const std::uint64_t size = present ? part.size() : ~std::uint64_t{0};
  hash.update(std::as_bytes(std::span(&size, 1)));
  hash.update(part);
}

}  // namespace

Digest digest_of(const MessageParts& parts) {
  Sha256 hash;
  update(hash, parts.writer.has_value(), parts.writer.value_or(Bytes()));
  update(hash, parts.kind.has_value(), as_bytes(parts.kind.value_or("")));
  update(hash, true, parts.value);
  return hash.digest();
}

OwnedBytes Position::bytes() const {
  const auto offset = last ? last->offset : none;
  const auto digest = last ? last->digest : Digest{};
  OwnedBytes all(head_bytes);
  std::memcpy(all.data(), &offset, offset_bytes);
  std::memcpy(all.data() + offset_bytes, digest.bytes.data(), digest.bytes.size());
  const auto rest = reader.bytes();
  all.insert(all.end(), rest.begin(), rest.end());
  return all;
}

Parsed<Position> Position::parse(std::string partition, Bytes bytes) {
  if (bytes.size() < head_bytes) return unreadable("a position is shorter than any");
  LastRead last;
  std::memcpy(&last.offset, bytes.data(), offset_bytes);
  std::memcpy(last.digest.bytes.data(), bytes.data() + offset_bytes, last.digest.bytes.size());
  auto reader = HistoryReader::parse(std::move(partition), bytes.subspan(head_bytes));
  if (!reader) return unreadable(std::move(reader.error()));
  const bool any = last.offset != none;
  if (any ? last.offset + 1 != reader->next_offset() : reader->next_offset() != 0)
    return unreadable("a position whose last message is not before its next");
  return Position{std::move(*reader), any ? std::optional(last) : std::nullopt};
}

}  // namespace braid::kafka
