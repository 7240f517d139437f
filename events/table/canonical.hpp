#pragma once
#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

#include "events/bytes.hpp"
#include "events/check.hpp"

namespace braid {

/// How a value type lies in Cap'n Proto words: generated for row structs, written by hand for
/// native ones (native_rows.hpp).
/// - data_words, pointers: the sizes of the schema's struct
/// - put_data(row, data): writes all data words
/// - used_pointers(row): pointers up to the last that is not null
/// - put_pointers(row, count, at, next): writes the first `count` pointers at `at`, and what they
///   lead to at `next`, which it moves
/// - word_bound(row): the most words the row can take, its own pointer not counted
template <class Row>
struct RowLayout;

template <class Row>
concept HasRowLayout = requires { RowLayout<Row>::data_words; };

}  // namespace braid

/// Writes values as canonical Cap'n Proto words: pre-order, sections cut after their last word that
/// is not zero, null for what is zero or empty. Written by hand because a builder allocates whole
/// sections and `capnp::canonicalize` then copies them: several times the cost.
/// tests/events/rows_test.cpp compares every byte with `capnp::canonicalize`. Formats:
/// https://capnproto.org/encoding.html
namespace braid::canonical {

static_assert(std::endian::native == std::endian::little,
              "Cap'n Proto words are written as they lie in memory");

constexpr std::uint64_t max_list_elements = (1u << 29) - 1;
enum class ElementSize : std::uint64_t {
  bit = 1,
  byte = 2,
  two_bytes = 3,
  four_bytes = 4,
  eight_bytes = 5,
  pointer = 6,
  composite = 7
};

/// The words between the end of a pointer and what it leads to, in the pointer's upper 30 bits.
inline std::uint64_t distance(const std::uint64_t* pointer, const std::uint64_t* target) {
  return static_cast<std::uint32_t>(target - pointer - 1) << 2;
}
inline std::uint64_t struct_sizes(unsigned data, unsigned pointers) {
  return std::uint64_t{data} << 32 | std::uint64_t{pointers} << 48;
}
inline std::uint64_t list_pointer(const std::uint64_t* pointer, const std::uint64_t* target,
                                  ElementSize size, std::uint64_t count) {
  check(count <= max_list_elements, "form checks keep a list far below Cap'n Proto's limit");
  return 1 | distance(pointer, target) | static_cast<std::uint64_t>(size) << 32 | count << 35;
}

/// A number, truth or enumerant as the low bits of a word.
template <class T>
constexpr std::uint64_t word(T value) noexcept {
  if constexpr (std::is_same_v<T, bool>)
    return value ? 1 : 0;
  else if constexpr (std::is_enum_v<T>)
    return static_cast<std::uint16_t>(value);
  else
    return static_cast<std::make_unsigned_t<T>>(value);
}

template <class T>
concept Scalar = std::is_arithmetic_v<T> || std::is_enum_v<T>;

template <HasRowLayout Row>
unsigned used_data(const Row& row) {
  using Layout = RowLayout<Row>;
  std::uint64_t data[Layout::data_words + 1];
  Layout::put_data(row, data);
  unsigned used = Layout::data_words;
  while (used > 0 && data[used - 1] == 0) --used;
  return used;
}

/// Whether the value is zero or empty all through, so that a null pointer stands for it.
inline bool is_empty(const std::string& text) noexcept { return text.empty(); }
template <class T>
bool is_empty(const std::vector<T>& list) noexcept {
  return list.empty();
}
template <HasRowLayout Row>
bool is_empty(const Row& row) {
  return used_data(row) == 0 && RowLayout<Row>::used_pointers(row) == 0;
}

/// The most words that what a value's pointer leads to can take.
inline std::size_t bound(const std::string& text) noexcept { return text.size() / 8 + 1; }
template <HasRowLayout Row>
std::size_t bound(const Row& row) noexcept {
  return RowLayout<Row>::word_bound(row);
}
template <class T>
std::size_t bound(const std::vector<T>& list) noexcept {
  if constexpr (Scalar<T> || std::is_same_v<T, std::byte>) {
    return (list.size() * sizeof(T) + 7) / 8;
  } else {
    std::size_t words = 1 + list.size();
    for (const auto& element : list) words += bound(element);
    return words;
  }
}

/// Writes what `bytes` holds as a list of `count` elements; the last word is filled with zeros.
inline void put_bytes(const void* bytes, std::size_t size, std::size_t size_with_zeros,
                      ElementSize element, std::uint64_t count, std::uint64_t* pointer,
                      std::uint64_t*& next) {
  *pointer = list_pointer(pointer, next, element, count);
  const auto words = (size_with_zeros + 7) / 8;
  next[words - 1] = 0;
  std::memcpy(next, bytes, size);
  next += words;
}

/// Each `put` writes one pointer and, at `next`, what it leads to.
inline void put(const std::string& text, std::uint64_t* pointer, std::uint64_t*& next) {
  if (text.empty()) {
    *pointer = 0;
    return;
  }
  put_bytes(text.data(), text.size(), text.size() + 1, ElementSize::byte, text.size() + 1, pointer,
            next);
}
template <HasRowLayout Row>
void put(const Row& row, std::uint64_t* pointer, std::uint64_t*& next);
template <class T>
void put(const std::vector<T>& list, std::uint64_t* pointer, std::uint64_t*& next);

/// Lists of structs: all elements side by side, each as large as the largest needs, then what each
/// leads to.
template <HasRowLayout Row>
void put_structs(std::span<const Row> list, std::uint64_t* pointer, std::uint64_t*& next) {
  using Layout = RowLayout<Row>;
  unsigned data = 0, pointers = 0;
  for (const auto& row : list) {
    data = std::max(data, used_data(row));
    pointers = std::max(pointers, Layout::used_pointers(row));
  }
  const auto element_words = data + pointers;
  *pointer = list_pointer(pointer, next, ElementSize::composite, list.size() * element_words);
  *next = static_cast<std::uint64_t>(list.size()) << 2 | struct_sizes(data, pointers);
  std::uint64_t* const body = next + 1;
  next = body + list.size() * element_words;
  std::uint64_t* at = body;
  for (const auto& row : list) {
    std::uint64_t words[Layout::data_words + 1];
    Layout::put_data(row, words);
    std::copy_n(words, data, at);
    at += element_words;
  }
  at = body + data;
  for (const auto& row : list) {
    Layout::put_pointers(row, pointers, at, next);
    at += element_words;
  }
}

inline void put_bits(const std::vector<bool>& list, std::uint64_t* pointer, std::uint64_t*& next) {
  *pointer = list_pointer(pointer, next, ElementSize::bit, list.size());
  const auto words = (list.size() + 63) / 64;
  std::fill_n(next, words, std::uint64_t{0});
  for (std::size_t i = 0; i < list.size(); ++i) next[i / 64] |= word(bool{list[i]}) << i % 64;
  next += words;
}

template <class T>
constexpr ElementSize scalar_size() {
  return sizeof(T) == 8   ? ElementSize::eight_bytes
         : sizeof(T) == 4 ? ElementSize::four_bytes
         : sizeof(T) == 2 ? ElementSize::two_bytes
                          : ElementSize::byte;
}

template <class T>
void put(const std::vector<T>& list, std::uint64_t* pointer, std::uint64_t*& next) {
  if (list.empty()) {
    *pointer = 0;
  } else if constexpr (std::is_same_v<T, bool>) {
    put_bits(list, pointer, next);
  } else if constexpr (Scalar<T> || std::is_same_v<T, std::byte>) {
    const auto size = list.size() * sizeof(T);
    put_bytes(list.data(), size, size, scalar_size<T>(), list.size(), pointer, next);
  } else if constexpr (HasRowLayout<T>) {
    put_structs(std::span(list), pointer, next);
  } else {
    *pointer = list_pointer(pointer, next, ElementSize::pointer, list.size());
    std::uint64_t* at = next;
    next += list.size();
    for (const auto& element : list) put(element, at++, next);
  }
}

/// A struct at `next`; `when_empty` is what its pointer says where nothing of it is used.
template <HasRowLayout Row>
void put_struct(const Row& row, std::uint64_t when_empty, std::uint64_t* pointer,
                std::uint64_t*& next) {
  using Layout = RowLayout<Row>;
  Layout::put_data(row, next);
  unsigned data = Layout::data_words;
  while (data > 0 && next[data - 1] == 0) --data;
  const auto pointers = Layout::used_pointers(row);
  if (data == 0 && pointers == 0) {
    *pointer = when_empty;
    return;
  }
  *pointer = distance(pointer, next) | struct_sizes(data, pointers);
  std::uint64_t* const at = next + data;
  next = at + pointers;
  Layout::put_pointers(row, pointers, at, next);
}

template <HasRowLayout Row>
void put(const Row& row, std::uint64_t* pointer, std::uint64_t*& next) {
  put_struct(row, 0, pointer, next);
}

/// A whole message: the root pointer, then the struct. Returns the end. `words` has room for 1 +
/// word_bound(row).
template <HasRowLayout Row>
std::uint64_t* put_message(const Row& row, std::uint64_t* words) {
  constexpr std::uint64_t empty_struct =
      0xfffffffc;  // offset -1, no words: a message of nothing is still a struct
  std::uint64_t* next = words + 1;
  put_struct(row, empty_struct, words, next);
  return next;
}

}  // namespace braid::canonical
