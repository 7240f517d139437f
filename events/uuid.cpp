#include "events/uuid.hpp"

namespace braid {
namespace {

constexpr std::uint64_t version_mask = 0xf000;                 // of the high half
constexpr std::uint64_t variant_mask = 0xc000'0000'0000'0000;  // of the low half
constexpr std::uint64_t rfc_variant = 0x8000'0000'0000'0000;

Uuid stamped(Uuid id, std::uint64_t version) {
  id.high = (id.high & ~version_mask) | version << 12;
  id.low = (id.low & ~variant_mask) | rfc_variant;
  return id;
}

constexpr bool is_hyphen_at(std::size_t place) {
  return place == 8 || place == 13 || place == 18 || place == 23;
}

/// 0 to 15, or -1.
constexpr int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::uint64_t big_endian(const std::byte* bytes) {
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | std::to_integer<std::uint64_t>(bytes[i]);
  return value;
}

void put_big_endian(std::uint64_t value, std::byte* out) {
  for (int i = 0; i < 8; ++i) out[i] = static_cast<std::byte>(value >> (56 - 8 * i));
}

}  // namespace

Parsed<Uuid> Uuid::from_text(std::string_view text) {
  constexpr auto expected =
      "an identifier is a UUID of 36 characters, such as 0192f3c1-7a00-7000-8000-000000000001";
  if (text.size() != 36) return unreadable(expected);
  Uuid id;
  for (std::size_t place = 0; place < text.size(); ++place) {
    if (is_hyphen_at(place)) {
      if (text[place] != '-') return unreadable(expected);
      continue;
    }
    const int digit = digit_of(text[place]);
    if (digit < 0) return unreadable(expected);
    auto& half = place < 18 ? id.high : id.low;
    half = half << 4 | static_cast<std::uint64_t>(digit);
  }
  return id;
}

Parsed<Uuid> Uuid::from_bytes(Bytes bytes) {
  if (bytes.size() != 16)
    return unreadable("an identifier is a UUID of 16 bytes, not " + std::to_string(bytes.size()));
  return Uuid{big_endian(bytes.data()), big_endian(bytes.data() + 8)};
}

std::string Uuid::text() const {
  std::string text(36, '-');
  int shift = 124;
  for (std::size_t place = 0; place < text.size(); ++place) {
    if (is_hyphen_at(place)) continue;
    const auto half = shift >= 64 ? high >> (shift - 64) : low >> shift;
    text[place] = "0123456789abcdef"[half & 0xf];
    shift -= 4;
  }
  return text;
}

std::array<std::byte, 16> Uuid::bytes() const noexcept {
  std::array<std::byte, 16> bytes;
  put_big_endian(high, bytes.data());
  put_big_endian(low, bytes.data() + 8);
  return bytes;
}

int Uuid::version() const noexcept {
  if ((low & variant_mask) != rfc_variant) return 0;
  return static_cast<int>((high & version_mask) >> 12);
}

Uuid uuid_v7(std::uint64_t unix_ms, std::uint16_t random_a, std::uint64_t random_b) noexcept {
  return stamped(Uuid{unix_ms << 16 | (random_a & 0x0fffu), random_b}, 7);
}

Uuid uuid_v4(std::uint64_t random_high, std::uint64_t random_low) noexcept {
  return stamped(Uuid{random_high, random_low}, 4);
}

Uuid uuid_v8_from(const Digest& content, std::uint64_t row) noexcept {
  std::array<std::byte, 8> row_bytes;
  put_big_endian(row, row_bytes.data());
  const auto digest =
      Sha256().update("braid:uuid:v8").update(content.bytes).update(row_bytes).digest();
  return stamped(Uuid{big_endian(digest.bytes.data()), big_endian(digest.bytes.data() + 8)}, 8);
}

}  // namespace braid
