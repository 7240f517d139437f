#pragma once
#include <concepts>
#include <string_view>
#include <vector>

#include "events/table/canonical.hpp"
#include "events/table/key_bytes.hpp"
#include "events/table/key_hash.hpp"
#include "events/table/row_message.hpp"

namespace braid {

/// A row of a table: what the generator (events/rowgen) writes for a struct with $table and $key.
template <class Row>
concept TableRow = HasRowLayout<Row> && requires(const Row& row, Row& other,
                                                 const typename Row::Key& key, KeyBytes& bytes) {
  { Row::table } -> std::convertible_to<std::string_view>;
  { row.key() } -> std::same_as<typename Row::Key>;
  { row.has_key(key) } -> std::same_as<bool>;
  other.set_key(key);
  append_key(key, bytes);
  { hash_of(key) } -> std::same_as<std::uint64_t>;
};

/// Words that an encoding is written into; reused, so that encoding allocates nothing once it has
/// grown.
class WordBuffer {
 public:
  std::uint64_t* room_for(std::size_t words) {
    if (words_.size() < words) words_.resize(words + words / 2);
    return words_.data();
  }

 private:
  std::vector<std::uint64_t> words_;
};

/// A row's canonical bytes: one segment, no segment table. Borrowed from `buffer`, good until it is
/// used again.
template <HasRowLayout Row>
Bytes encode(const Row& row, WordBuffer& buffer) {
  std::uint64_t* const words = buffer.room_for(1 + RowLayout<Row>::word_bound(row));
  const auto* const end = canonical::put_message(row, words);
  return std::as_bytes(std::span<const std::uint64_t>(words, end));
}

/// The row that `encode` wrote, or that an older version of its schema wrote. Throws HistoryBroken
/// where the bytes are no row; bounded memory and time on any bytes.
template <HasRowLayout Row>
Row decode(Bytes bytes) {
  RowMessage message(bytes);
  try {
    return read(message.get<typename RowLayout<Row>::Schema>());
  } catch (const kj::Exception& why) {
    if constexpr (TableRow<Row>)
      row_unreadable(Row::table, why);
    else
      row_unreadable("a part of a row", why);
  }
}

}  // namespace braid
