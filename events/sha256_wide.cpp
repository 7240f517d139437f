#include "events/check.hpp"
#include "events/sha256_blocks.hpp"

#if defined(__x86_64__)
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored \
    "-Wuninitialized"  // g++ 12 means its own header's "undefined" vectors
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>

namespace braid::sha256_detail {
namespace {

constexpr std::size_t max_lanes = 16;
// A step of sixteen takes as long however many of them matter: fewer go faster through the SHA
// instructions.
constexpr std::size_t least_lanes = 7;

#define BRAID_WIDE [[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline

/// One number of each of the sixteen messages.
using Sixteen = __m512i;

template <int A, int B, int C>
BRAID_WIDE Sixteen rotated(Sixteen x) {
  return _mm512_ternarylogic_epi32(_mm512_ror_epi32(x, A), _mm512_ror_epi32(x, B),
                                   _mm512_ror_epi32(x, C), 0x96);
}
template <int A, int B, int C>
BRAID_WIDE Sixteen rotated_and_shifted(Sixteen x) {
  return _mm512_ternarylogic_epi32(_mm512_ror_epi32(x, A), _mm512_ror_epi32(x, B),
                                   _mm512_srli_epi32(x, C), 0x96);
}
BRAID_WIDE Sixteen choice(Sixteen e, Sixteen f, Sixteen g) {
  return _mm512_ternarylogic_epi32(e, f, g, 0xca);
}
BRAID_WIDE Sixteen majority(Sixteen a, Sixteen b, Sixteen c) {
  return _mm512_ternarylogic_epi32(a, b, c, 0xe8);
}
BRAID_WIDE Sixteen sum(Sixteen a, Sixteen b) { return _mm512_add_epi32(a, b); }

/// From sixteen rows of words to sixteen columns: the first holds the first word of every row.
BRAID_WIDE void transpose(Sixteen (&x)[words_a_block]) {
  Sixteen y[words_a_block];
#pragma GCC unroll 8
  for (int i = 0; i < 16; i += 2) {
    y[i] = _mm512_unpacklo_epi32(x[i], x[i + 1]);
    y[i + 1] = _mm512_unpackhi_epi32(x[i], x[i + 1]);
  }
#pragma GCC unroll 4
  for (int i = 0; i < 16; i += 4) {
    x[i] = _mm512_unpacklo_epi64(y[i], y[i + 2]);
    x[i + 1] = _mm512_unpackhi_epi64(y[i], y[i + 2]);
    x[i + 2] = _mm512_unpacklo_epi64(y[i + 1], y[i + 3]);
    x[i + 3] = _mm512_unpackhi_epi64(y[i + 1], y[i + 3]);
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; ++i) {
    const auto low = _mm512_shuffle_i32x4(x[i], x[i + 4], 0x88),
               high = _mm512_shuffle_i32x4(x[i + 8], x[i + 12], 0x88);
    const auto low_odd = _mm512_shuffle_i32x4(x[i], x[i + 4], 0xdd);
    const auto high_odd = _mm512_shuffle_i32x4(x[i + 8], x[i + 12], 0xdd);
    y[i] = _mm512_shuffle_i32x4(low, high, 0x88);
    y[i + 8] = _mm512_shuffle_i32x4(low, high, 0xdd);
    y[i + 4] = _mm512_shuffle_i32x4(low_odd, high_odd, 0x88);
    y[i + 12] = _mm512_shuffle_i32x4(low_odd, high_odd, 0xdd);
  }
#pragma GCC unroll 16
  for (int i = 0; i < 16; ++i) x[i] = y[i];
}

/// The states of the lanes, word by word.
struct alignas(64) States {
  std::uint32_t word[8][max_lanes];

  void put(std::size_t lane, const Words& words) {
    for (std::size_t i = 0; i < words.size(); ++i) word[i][lane] = words[i];
  }
  Words get(std::size_t lane) const {
    Words words;
    for (std::size_t i = 0; i < words.size(); ++i) words[i] = word[i][lane];
    return words;
  }
};

/// Hashes one block of each lane.
[[gnu::target("avx512f,avx512bw")]] void compress(States& states,
                                                  const std::byte* const (&blocks)[max_lanes]) {
  const auto big_endian =
      _mm512_broadcast_i32x4(_mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203));
  Sixteen w[words_a_block], s[8];
#pragma GCC unroll 16
  for (std::size_t l = 0; l < max_lanes; ++l)
    w[l] = _mm512_shuffle_epi8(_mm512_loadu_si512(blocks[l]), big_endian);
  transpose(w);
#pragma GCC unroll 8
  for (std::size_t i = 0; i < 8; ++i) s[i] = _mm512_load_si512(states.word[i]);
#pragma GCC unroll 64
  for (std::size_t t = 0; t < 64;
       ++t) {  // FIPS 180-4 section 6.2.2; the variables stay, their names turn
    auto &d = s[(67 - t) % 8], &h = s[(71 - t) % 8];
    const auto &a = s[(64 - t) % 8], &b = s[(65 - t) % 8], &c = s[(66 - t) % 8];
    const auto &e = s[(68 - t) % 8], &f = s[(69 - t) % 8], &g = s[(70 - t) % 8];
    auto& word = w[t % 16];
    if (t >= 16)
      word = sum(sum(word, rotated_and_shifted<7, 18, 3>(w[(t + 1) % 16])),
                 sum(w[(t + 9) % 16], rotated_and_shifted<17, 19, 10>(w[(t + 14) % 16])));
    const auto input = sum(word, _mm512_set1_epi32(static_cast<int>(round_constants[t])));
    const auto first = sum(sum(h, input), sum(rotated<6, 11, 25>(e), choice(e, f, g)));
    d = sum(d, first);
    h = sum(first, sum(rotated<2, 13, 22>(a), majority(a, b, c)));
  }
#pragma GCC unroll 8
  for (std::size_t i = 0; i < 8; ++i)
    _mm512_store_si512(states.word[i], sum(s[i], _mm512_load_si512(states.word[i])));
}

alignas(64) constexpr std::byte idle[block_bytes] = {};

/// The lanes, as long as enough of them have something to do.
class Lanes {
 public:
  void fill(Waiting& waiting);
  /// Hashes a block of each; those that end give their digest and take the next that waits.
  void step(Waiting& waiting, std::span<Digest> digests);
  std::size_t active() const { return active_; }
  void finish(std::span<Digest> digests);

 private:
  void begin(std::size_t lane, Waiting& waiting);

  States states_;
  std::array<Blocks, max_lanes> blocks_;
  const std::byte* next_[max_lanes];  // a block, or `idle`
  std::size_t active_ = 0;
};

void Lanes::begin(std::size_t lane, Waiting& waiting) {
  waiting.begin(blocks_[lane]);
  states_.put(lane, initial_words);
  next_[lane] = blocks_[lane].block();
}

void Lanes::fill(Waiting& waiting) {
  for (std::size_t l = 0; l < max_lanes; ++l) {
    next_[l] = idle;
    states_.put(l, initial_words);
    if (waiting.empty()) continue;
    begin(l, waiting);
    ++active_;
  }
}

void Lanes::step(Waiting& waiting, std::span<Digest> digests) {
  compress(states_, next_);
  for (std::size_t l = 0; l < max_lanes; ++l) {
    if (next_[l] == idle) continue;
    if (blocks_[l].advance()) {
      next_[l] = blocks_[l].block();
      continue;
    }
    digests[blocks_[l].index()] = digest_of(states_.get(l));
    if (!waiting.empty()) {
      begin(l, waiting);
    } else {
      next_[l] = idle;
      --active_;
    }
  }
}

void Lanes::finish(std::span<Digest> digests) {
  std::array<Begun, max_lanes> begun;
  std::size_t count = 0;
  for (std::size_t l = 0; l < max_lanes; ++l)
    if (next_[l] != idle) begun[count++] = {&blocks_[l], states_.get(l)};
  finish_by_sha_instructions(std::span(begun).first(count), digests);
}

}  // namespace

bool has_wide_vectors() noexcept {
  return __builtin_cpu_is("intel") && __builtin_cpu_supports("avx512f") &&
         __builtin_cpu_supports("avx512bw");
}

void hash_by_wide_vectors(Waiting& waiting, std::span<Digest> digests) noexcept {
  Lanes lanes;
  lanes.fill(waiting);
  while (lanes.active() >= least_lanes) lanes.step(waiting, digests);
  lanes.finish(digests);
}

}  // namespace braid::sha256_detail

#else

namespace braid::sha256_detail {

bool has_wide_vectors() noexcept { return false; }
void hash_by_wide_vectors(Waiting&, std::span<Digest>) noexcept {
  check(false, "this processor has none");
}

}  // namespace braid::sha256_detail

#endif
