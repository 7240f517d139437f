#pragma once
#include <cstdint>
#include <string_view>

namespace braid {

/// Murmur2 with Kafka's seed, as the Java client has it
/// (org.apache.kafka.common.utils.Utils.murmur2): other clients' default partitioners agree with
/// ours, so a submission in any language lands in its place's partition.
constexpr std::uint32_t murmur2(std::string_view key) noexcept {
  constexpr std::uint32_t m = 0x5bd1e995;
  const auto byte = [&](std::size_t i) -> std::uint32_t {
    return static_cast<unsigned char>(key[i]);
  };
  std::uint32_t h = 0x9747b28c ^ static_cast<std::uint32_t>(key.size());
  std::size_t at = 0;
  for (; at + 4 <= key.size(); at += 4) {
    std::uint32_t k = byte(at) | byte(at + 1) << 8 | byte(at + 2) << 16 | byte(at + 3) << 24;
    k *= m;
    k ^= k >> 24;
    k *= m;
    h = h * m ^ k;
  }
  if (const auto rest = key.size() - at; rest != 0) {
    if (rest == 3) h ^= byte(at + 2) << 16;
    if (rest >= 2) h ^= byte(at + 1) << 8;
    h = (h ^ byte(at)) * m;
  }
  h ^= h >> 13;
  h *= m;
  return h ^ h >> 15;
}

/// The partition of `key` among `partitions` (at least 1).
constexpr std::uint32_t partition_of(std::string_view key, std::uint32_t partitions) noexcept {
  return (murmur2(key) & 0x7fffffffu) % partitions;
}

}  // namespace braid
