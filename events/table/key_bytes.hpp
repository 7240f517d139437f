#pragma once
#include <array>
#include <string_view>
#include <type_traits>

#include "events/bytes.hpp"
#include "events/check.hpp"
#include "events/table/row_store.hpp"

namespace braid {

/// A row's key as bytes that sort (memcmp) as the key's fields do, one after another: numbers
/// big-endian with the sign turned round, texts ended by a zero byte, hashes and identifiers as
/// they are.
class KeyBytes {
 public:
  [[nodiscard]] Bytes bytes() const noexcept { return {bytes_.data(), size_}; }
  void clear() noexcept { size_ = 0; }

  /// A native value supplies `void append_to(KeyBytes&, const T&)` (native_rows.hpp).
  template <class T>
  void append(const T& value) {
    if constexpr (std::is_same_v<T, bool>)
      append_big_endian(static_cast<std::uint8_t>(value));
    else if constexpr (std::is_enum_v<T>)
      append_big_endian(static_cast<std::uint16_t>(value));
    else if constexpr (std::is_integral_v<T>)
      append_number(value);
    else if constexpr (std::is_convertible_v<const T&, std::string_view>)
      append_text(value);
    else
      append_to(*this, value);
  }

  void append_raw(Bytes raw) noexcept { std::memcpy(grow(raw.size()), raw.data(), raw.size()); }

 private:
  std::byte* grow(std::size_t size) noexcept {
    check(size <= bytes_.size() - size_,
          "the generator refuses keys whose fields' $maxLength exceed a key, and form checks keep "
          "to it");
    size_ += size;
    return bytes_.data() + size_ - size;
  }

  template <class T>
  void append_big_endian(T value) noexcept {
    std::byte* at = grow(sizeof(T));
    for (std::size_t i = sizeof(T); i-- > 0;
         value = static_cast<T>(value >> (sizeof(T) > 1 ? 8 : 0)))
      at[i] = static_cast<std::byte>(value);
  }

  template <class T>
  void append_number(T value) noexcept {
    using Unsigned = std::make_unsigned_t<T>;
    constexpr auto sign = std::is_signed_v<T>
                              ? static_cast<Unsigned>(Unsigned{1} << (8 * sizeof(T) - 1))
                              : Unsigned{0};
    append_big_endian(static_cast<Unsigned>(static_cast<Unsigned>(value) ^ sign));
  }

  void append_text(std::string_view text) noexcept {
    check(text.find('\0') == std::string_view::npos,
          "form checks refuse zero bytes in text; one in a key would sort two texts as one");
    append_raw(as_bytes(text));
    append_big_endian(std::uint8_t{0});
  }

  std::array<std::byte, RowReader::max_key_bytes> bytes_;  // the first size_ are written
  std::size_t size_ = 0;
};

}  // namespace braid
