#include <array>

#include "adapters/kafka/history_reader.hpp"

namespace braid::kafka {
namespace {

// reader = version offset mark writer standing 5count leaves *leaf chain
//          ; version, standing: 1 byte; offset, each count: 8 bytes, the least first; writer: 16
//          ; mark: 32 bytes, of the message before the offset; zeros where none was read
//          ; standing: 0 has not opened, 1 has opened, 2 is torn
//          ; leaves: 2 bytes, how many of the writer's last leaves follow, 32 bytes each
constexpr std::byte version{1};
constexpr std::size_t digest_bytes = 32;
constexpr std::size_t fixed_bytes = 1 + 8 + digest_bytes + WriterId::size + 1 + 5 * 8 + 2;

enum class Standing : std::uint8_t { not_opened, opened, torn };

constexpr std::array counts_in_order = {&ReaderCounts::barriers, &ReaderCounts::repeated,
                                        &ReaderCounts::voided, &ReaderCounts::torn,
                                        &ReaderCounts::foreign};

void put(OwnedBytes& out, std::uint64_t value, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i)
    out.push_back(static_cast<std::byte>(value >> 8 * i & 0xff));
}

void put(OwnedBytes& out, Bytes bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

/// Takes from the front of bytes whose length the caller has checked.
struct Front {
  Bytes rest;

  Bytes bytes(std::size_t count) {
    const Bytes taken = rest.first(count);
    rest = rest.subspan(count);
    return taken;
  }
  std::uint64_t number(std::size_t count) {
    std::uint64_t value = 0;
    const Bytes taken = bytes(count);
    for (std::size_t i = 0; i < count; ++i)
      value |= std::to_integer<std::uint64_t>(taken[i]) << 8 * i;
    return value;
  }
};

}  // namespace

OwnedBytes HistoryReader::bytes() const {
  const auto leaves = recent_.in_order();
  const auto chain = chain_.bytes();
  OwnedBytes out;
  out.reserve(fixed_bytes + digest_bytes * leaves.size() + chain.size());
  out.push_back(version);
  put(out, static_cast<std::uint64_t>(next_offset_), 8);
  put(out, last_mark().bytes);
  put(out, current_.bytes);
  put(out, static_cast<std::uint64_t>(torn_     ? Standing::torn
                                      : opened_ ? Standing::opened
                                                : Standing::not_opened),
      1);
  for (const auto count : counts_in_order) put(out, counts_.*count, 8);
  put(out, leaves.size(), 2);
  for (const Digest& leaf : leaves) put(out, leaf.bytes);
  put(out, chain);
  return out;
}

Parsed<HistoryReader> HistoryReader::parse(std::string partition, Bytes bytes) {
  if (bytes.empty() || bytes[0] != version)
    return unreadable("a reader's state of version 1 was expected");
  if (bytes.size() < fixed_bytes)
    return unreadable("a reader's state has " + std::to_string(fixed_bytes) + " bytes at least");
  Front front{bytes.subspan(1)};
  HistoryReader reader(std::move(partition));
  reader.next_offset_ = static_cast<Offset>(front.number(8));
  reader.last_mark_ = *Digest::from_bytes(front.bytes(digest_bytes));
  reader.current_ = *WriterId::from_bytes(front.bytes(WriterId::size));
  const auto standing = front.number(1);
  for (const auto count : counts_in_order) reader.counts_.*count = front.number(8);
  const auto leaf_count = front.number(2);
  if (leaf_count > RecentLeaves::max || front.rest.size() < digest_bytes * leaf_count)
    return unreadable("a reader's state ends before its leaves do, or has too many");
  std::vector<Digest> leaves(leaf_count);
  for (Digest& leaf : leaves) leaf = *Digest::from_bytes(front.bytes(digest_bytes));
  auto chain = EntryChain::parse(front.rest);
  if (!chain) return unreadable(chain.error());
  reader.chain_ = std::move(*chain);

  if (reader.next_offset_ < 0 ||
      static_cast<std::uint64_t>(reader.next_offset_) < reader.chain_.size())
    return unreadable("a reader has read at least as many messages as it has entries");
  if (!reader.has_read() && reader.last_mark_ != Digest{})
    return unreadable("before the first message there is none");
  if (standing > static_cast<std::uint64_t>(Standing::torn))
    return unreadable("a writer has not opened, has opened or is torn");
  reader.opened_ = standing != 0;
  reader.torn_ = standing == static_cast<std::uint64_t>(Standing::torn);
  if (reader.opened_ && reader.current_.is_nil()) return unreadable("nobody has opened");
  if (!reader.opened_ && leaf_count != 0)
    return unreadable("a writer that has not opened has no entries");
  if (leaf_count > reader.chain_.size() ||
      (leaf_count != 0 && leaves.back() != reader.chain_.last_leaf()))
    return unreadable("the leaves are not the last of the chain");
  reader.recent_ = RecentLeaves(reader.chain_.size(), std::move(leaves));
  return reader;
}

}  // namespace braid::kafka
