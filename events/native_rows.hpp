#pragma once
#include <array>
#include <concepts>
#include <cstring>

#include "events/digest.hpp"
#include "events/person_token.hpp"
#include "events/schema/common.capnp.h"
#include "events/table/canonical.hpp"
#include "events/table/key_bytes.hpp"
#include "events/table/key_hash.hpp"
#include "events/uuid.hpp"

// The value types written by hand that stand for structs with $native: what the generator would
// write for them. A new one needs all five here: read, write, RowLayout, and, to be part of a key,
// append_to and hash_into.

namespace braid {

/// Thirty-two bytes that the schema keeps as four words in memory order.
template <class T>
concept FourWords = std::same_as<T, Digest> || std::same_as<T, PersonToken>;

template <FourWords T, class Reader>
T from_words(Reader from) noexcept {
  const std::uint64_t words[] = {from.getA(), from.getB(), from.getC(), from.getD()};
  T value;
  std::memcpy(value.bytes.data(), words, sizeof words);
  return value;
}

template <FourWords T>
std::array<std::uint64_t, 4> words_of(const T& value) noexcept {
  std::array<std::uint64_t, 4> words;
  std::memcpy(words.data(), value.bytes.data(), sizeof words);
  return words;
}

template <FourWords T, class Builder>
void to_words(const T& value, Builder to) noexcept {
  const auto words = words_of(value);
  to.setA(words[0]);
  to.setB(words[1]);
  to.setC(words[2]);
  to.setD(words[3]);
}

}  // namespace braid

namespace braid::schema {

inline ::braid::Uuid read(Uuid::Reader from) noexcept { return {from.getHigh(), from.getLow()}; }
inline void write(const ::braid::Uuid& id, Uuid::Builder to) noexcept {
  to.setHigh(id.high);
  to.setLow(id.low);
}

inline ::braid::Digest read(Digest::Reader from) noexcept {
  return ::braid::from_words<::braid::Digest>(from);
}
inline void write(const ::braid::Digest& digest, Digest::Builder to) noexcept {
  ::braid::to_words(digest, to);
}

inline ::braid::PersonToken read(PersonToken::Reader from) noexcept {
  return ::braid::from_words<::braid::PersonToken>(from);
}
inline void write(const ::braid::PersonToken& token, PersonToken::Builder to) noexcept {
  ::braid::to_words(token, to);
}

}  // namespace braid::schema

namespace braid {

/// What the layouts of structs of numbers alone have in common.
template <class Row_, class Schema_, unsigned words>
struct NumbersLayout {
  using Row = Row_;
  using Schema = Schema_;
  static constexpr unsigned data_words = words;
  static constexpr unsigned pointers = 0;
  static unsigned used_pointers(const Row&) noexcept { return 0; }
  static void put_pointers(const Row&, unsigned, std::uint64_t*, std::uint64_t*&) noexcept {}
  static std::size_t word_bound(const Row&) noexcept { return words; }
};

template <>
struct RowLayout<Uuid> : NumbersLayout<Uuid, schema::Uuid, 2> {
  static void put_data(const Uuid& id, std::uint64_t* data) noexcept {
    data[0] = id.high;
    data[1] = id.low;
  }
};
template <>
struct RowLayout<Digest> : NumbersLayout<Digest, schema::Digest, 4> {
  static void put_data(const Digest& digest, std::uint64_t* data) noexcept {
    std::memcpy(data, digest.bytes.data(), 32);
  }
};
template <>
struct RowLayout<PersonToken> : NumbersLayout<PersonToken, schema::PersonToken, 4> {
  static void put_data(const PersonToken& token, std::uint64_t* data) noexcept {
    std::memcpy(data, token.bytes.data(), 32);
  }
};

inline void append_to(KeyBytes& key, const Uuid& id) noexcept {
  key.append(id.high);
  key.append(id.low);
}
template <FourWords T>
void append_to(KeyBytes& key, const T& value) noexcept {
  key.append_raw(value.bytes);
}

inline void hash_into(KeyHash& hash, const Uuid& id) noexcept {
  hash.add_word(id.high);
  hash.add_word(id.low);
}
/// All four: a publisher could choose tokens that differ only in the last.
template <FourWords T>
void hash_into(KeyHash& hash, const T& value) noexcept {
  for (const auto word : words_of(value)) hash.add_word(word);
}

}  // namespace braid
