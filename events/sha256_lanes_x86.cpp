#include "events/check.hpp"
#include "events/sha256_lanes.hpp"

#if defined(__x86_64__)
#include <immintrin.h>

#include <bit>
#include <cstring>
#include <utility>

namespace braid {
namespace {

// One block takes 64 rounds that wait for one another, and the processor could do twice or more as
// many meanwhile: several messages are carried through the rounds side by side.
constexpr std::size_t max_lanes = 4;
constexpr std::size_t block_bytes = 64;

alignas(16) constexpr std::uint32_t round_constants[64] = {  // FIPS 180-4 section 4.2.2
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/// The working variables as the instructions want them: F E B A and H G D C, lowest first.
struct alignas(16) State {
  std::uint32_t feba[4], hgdc[4];
};
constexpr State initial = {{0x9b05688c, 0x510e527f, 0xbb67ae85, 0x6a09e667},
                           {0x5be0cd19, 0x1f83d9ab, 0xa54ff53a, 0x3c6ef372}};

/// Blocks that follow one another in memory.
struct Run {
  const std::byte* next = nullptr;
  std::size_t blocks = 0;
};

/// A message on its way: the block that begins with the prefix, those in the middle where they lie,
/// and the padded rest.
class Lane {
 public:
  void begin(std::byte prefix, Bytes message, std::size_t index);
  const std::byte* block() const { return runs_[run_].next; }
  /// Past a block that was hashed. False after the last.
  bool advance();
  Digest digest() const;
  std::size_t index() const { return index_; }

  State state;

 private:
  std::array<std::byte, block_bytes> first_;
  std::array<std::byte, 2 * block_bytes> last_;
  std::array<Run, 3> runs_;
  std::size_t run_ = 0;
  std::size_t index_ = 0;
};

void Lane::begin(std::byte prefix, Bytes message, std::size_t index) {
  state = initial;
  index_ = index;
  run_ = 0;
  const auto total = message.size() + 1;
  const auto full = total / block_bytes;
  const auto rest = total % block_bytes;
  std::size_t runs = 0;
  last_.fill(std::byte{0});
  if (full > 0) {
    first_[0] = prefix;
    std::memcpy(&first_[1], message.data(), block_bytes - 1);
    runs_[runs++] = {first_.data(), 1};
    if (full > 1) runs_[runs++] = {message.data() + block_bytes - 1, full - 1};
    if (rest > 0) std::memcpy(last_.data(), message.data() + message.size() - rest, rest);
  } else {
    last_[0] = prefix;
    if (!message.empty()) std::memcpy(&last_[1], message.data(), message.size());
  }
  last_[rest] = std::byte{0x80};
  const auto blocks = rest + 9 > block_bytes ? std::size_t{2} : std::size_t{1};
  const auto bits = __builtin_bswap64(std::uint64_t{total} * 8);
  std::memcpy(&last_[blocks * block_bytes - 8], &bits, 8);
  runs_[runs++] = {last_.data(), blocks};
  for (; runs < runs_.size(); ++runs) runs_[runs] = {};
}

bool Lane::advance() {
  auto& run = runs_[run_];
  run.next += block_bytes;
  if (--run.blocks > 0) return true;
  ++run_;
  return run_ < runs_.size() && runs_[run_].blocks > 0;
}

Digest Lane::digest() const {
  const std::uint32_t words[8] = {state.feba[3], state.feba[2], state.hgdc[3], state.hgdc[2],
                                  state.feba[1], state.feba[0], state.hgdc[1], state.hgdc[0]};
  Digest digest;
  for (std::size_t i = 0; i < 8; ++i) {
    const auto word = __builtin_bswap32(words[i]);
    std::memcpy(&digest.bytes[4 * i], &word, 4);
  }
  return digest;
}

/// Hashes the next block of each of the first `N` lanes.
template <std::size_t N>
[[gnu::target("sha,sse4.1")]] void compress(Lane* const* lanes) {
  const auto big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i feba[N], hgdc[N], words[N][4];
#pragma GCC unroll 4
  for (std::size_t l = 0; l < N; ++l) {
    feba[l] = _mm_load_si128(reinterpret_cast<const __m128i*>(lanes[l]->state.feba));
    hgdc[l] = _mm_load_si128(reinterpret_cast<const __m128i*>(lanes[l]->state.hgdc));
  }
#pragma GCC unroll 16
  for (std::size_t quad = 0; quad < 16; ++quad) {  // four rounds each
    const auto constants =
        _mm_load_si128(reinterpret_cast<const __m128i*>(&round_constants[4 * quad]));
#pragma GCC unroll 4
    for (std::size_t l = 0; l < N; ++l) {
      auto& word = words[l][quad % 4];
      if (quad < 4) {
        const auto* block = reinterpret_cast<const __m128i*>(lanes[l]->block());
        word = _mm_shuffle_epi8(_mm_loadu_si128(block + quad), big_endian);
      } else {
        const auto &w12 = words[l][(quad + 1) % 4], &w8 = words[l][(quad + 2) % 4],
                   &w4 = words[l][(quad + 3) % 4];
        const auto sum = _mm_add_epi32(_mm_sha256msg1_epu32(word, w12), _mm_alignr_epi8(w4, w8, 4));
        word = _mm_sha256msg2_epu32(sum, w4);
      }
      const auto input = _mm_add_epi32(word, constants);
      hgdc[l] = _mm_sha256rnds2_epu32(hgdc[l], feba[l], input);
      feba[l] = _mm_sha256rnds2_epu32(feba[l], hgdc[l], _mm_shuffle_epi32(input, 0x0e));
    }
  }
#pragma GCC unroll 4
  for (std::size_t l = 0; l < N; ++l) {
    auto* saved_feba = reinterpret_cast<__m128i*>(lanes[l]->state.feba);
    auto* saved_hgdc = reinterpret_cast<__m128i*>(lanes[l]->state.hgdc);
    _mm_store_si128(saved_feba, _mm_add_epi32(feba[l], _mm_load_si128(saved_feba)));
    _mm_store_si128(saved_hgdc, _mm_add_epi32(hgdc[l], _mm_load_si128(saved_hgdc)));
  }
}

void compress(Lane* const* lanes, std::size_t active) {
  switch (active) {
    case 1:
      return compress<1>(lanes);
    case 2:
      return compress<2>(lanes);
    case 3:
      return compress<3>(lanes);
    default:
      return compress<4>(lanes);
  }
}

}  // namespace

bool has_sha256_lanes() noexcept {
  static const bool has = __builtin_cpu_supports("sha") && __builtin_cpu_supports("sse4.1");
  return has;
}

void sha256_in_lanes(std::byte prefix, std::span<const Bytes> messages,
                     std::span<Digest> digests) noexcept {
  check(messages.size() == digests.size(), "every message has its own digest");
  std::array<Lane, max_lanes> lanes;
  std::array<Lane*, max_lanes> active;
  std::size_t count = 0, next = 0;
  for (; count < max_lanes && next < messages.size(); ++count, ++next) {
    active[count] = &lanes[count];
    active[count]->begin(prefix, messages[next], next);
  }
  while (count > 0) {
    compress(active.data(), count);
    for (std::size_t l = count; l-- > 0;) {
      if (active[l]->advance()) continue;
      digests[active[l]->index()] = active[l]->digest();
      if (next < messages.size()) {
        active[l]->begin(prefix, messages[next], next);
        ++next;
      } else {
        std::swap(active[l], active[--count]);
      }
    }
  }
}

}  // namespace braid

#else

namespace braid {

bool has_sha256_lanes() noexcept { return false; }

void sha256_in_lanes(std::byte prefix, std::span<const Bytes> messages,
                     std::span<Digest> digests) noexcept {
  check(false, "asked for after has_sha256_lanes() only");
  sha256_one_by_one(prefix, messages, digests);
}

}  // namespace braid

#endif
