#pragma once
#include <array>
#include <cstdint>

#include "events/digest.hpp"

/// What the ways of hashing many messages side by side have in common. For sha256_lanes*.cpp alone.
namespace braid::sha256_detail {

inline constexpr std::size_t block_bytes = 64;
inline constexpr std::size_t words_a_block = 16;

/// The working variables a to h between two blocks (FIPS 180-4).
using Words = std::array<std::uint32_t, 8>;
inline constexpr Words initial_words = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

alignas(64) inline constexpr std::uint32_t round_constants[64] = {  // section 4.2.2
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

inline Digest digest_of(const Words& words) noexcept {
  Digest digest;
  for (std::size_t i = 0; i < words.size(); ++i)
    for (std::size_t byte = 0; byte < 4; ++byte)
      digest.bytes[4 * i + byte] = static_cast<std::byte>(words[i] >> (24 - 8 * byte));
  return digest;
}

/// The blocks of one prefixed and padded message, in order: the one that begins with the prefix,
/// those in the middle where they lie, and the padded rest. Borrows the message.
class Blocks {
 public:
  Blocks() = default;
  Blocks(const Blocks&) = delete;  // it points into itself
  Blocks& operator=(const Blocks&) = delete;

  void begin(std::byte prefix, Bytes message, std::size_t index) noexcept;
  const std::byte* block() const noexcept { return runs_[run_].next; }
  /// To the next block. False after the last.
  bool advance() noexcept {
    auto& run = runs_[run_];
    run.next += block_bytes;
    if (--run.count > 0) return true;
    ++run_;
    return run_ < runs_.size() && runs_[run_].count > 0;
  }
  /// Which message this is.
  std::size_t index() const noexcept { return index_; }

 private:
  struct Run {
    const std::byte* next = nullptr;
    std::size_t count = 0;
  };
  std::array<std::byte, block_bytes> first_;
  std::array<std::byte, 2 * block_bytes> last_;
  std::array<Run, 3> runs_;
  std::size_t run_ = 0;
  std::size_t index_ = 0;
};

/// The messages that wait for a lane.
class Waiting {
 public:
  Waiting(std::byte prefix, std::span<const Bytes> messages) noexcept
      : prefix_(prefix), messages_(messages) {}
  bool empty() const noexcept { return next_ == messages_.size(); }
  std::size_t size() const noexcept { return messages_.size() - next_; }
  /// Puts the next into a lane.
  void begin(Blocks& blocks) noexcept {
    blocks.begin(prefix_, messages_[next_], next_);
    ++next_;
  }

 private:
  std::byte prefix_;
  std::span<const Bytes> messages_;
  std::size_t next_ = 0;
};

/// A message on its way, and its state so far.
struct Begun {
  Blocks* blocks = nullptr;
  Words words{};
};

/// The SHA instructions of x86, through which four messages go at a time.
bool has_sha_instructions() noexcept;
void hash_by_sha_instructions(Waiting& waiting, std::span<Digest> digests) noexcept;
/// Brings to an end what was begun elsewhere.
void finish_by_sha_instructions(std::span<const Begun> begun, std::span<Digest> digests) noexcept;

/// 512-bit vectors, in which sixteen messages go at a time, on processors where that is faster. The
/// last few are finished by the SHA instructions.
bool has_wide_vectors() noexcept;
void hash_by_wide_vectors(Waiting& waiting, std::span<Digest> digests) noexcept;

}  // namespace braid::sha256_detail
