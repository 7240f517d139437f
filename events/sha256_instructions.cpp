#include "events/check.hpp"
#include "events/sha256_blocks.hpp"

#if defined(__x86_64__)
#include <immintrin.h>

#include <utility>

namespace braid::sha256_detail {
namespace {

constexpr std::size_t max_lanes = 4;

/// A message on its way, its state in the order that the instructions want, lowest first.
struct alignas(16) Lane {
  std::uint32_t feba[4], hgdc[4];
  Blocks* blocks;

  void begin(const Words& w, Blocks* of) {
    *this = {{w[5], w[4], w[1], w[0]}, {w[7], w[6], w[3], w[2]}, of};
  }
  Words words() const {
    return {feba[3], feba[2], hgdc[3], hgdc[2], feba[1], feba[0], hgdc[1], hgdc[0]};
  }
};

/// Hashes the next block of each of the first `N` lanes. The rounds of a block wait for one
/// another; those of another message do not, and the processor has room for them.
template <std::size_t N>
[[gnu::target("sha,sse4.1")]] void compress(Lane* const* lanes) {
  const auto big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i feba[N], hgdc[N], words[N][4];
#pragma GCC unroll 4
  for (std::size_t l = 0; l < N; ++l) {
    feba[l] = _mm_load_si128(reinterpret_cast<const __m128i*>(lanes[l]->feba));
    hgdc[l] = _mm_load_si128(reinterpret_cast<const __m128i*>(lanes[l]->hgdc));
  }
#pragma GCC unroll 16
  for (std::size_t quad = 0; quad < 16; ++quad) {  // four rounds each
    const auto constants =
        _mm_load_si128(reinterpret_cast<const __m128i*>(&round_constants[4 * quad]));
#pragma GCC unroll 4
    for (std::size_t l = 0; l < N; ++l) {
      auto& word = words[l][quad % 4];
      if (quad < 4) {
        const auto* block = reinterpret_cast<const __m128i*>(lanes[l]->blocks->block());
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
    auto* saved_feba = reinterpret_cast<__m128i*>(lanes[l]->feba);
    auto* saved_hgdc = reinterpret_cast<__m128i*>(lanes[l]->hgdc);
    _mm_store_si128(saved_feba, _mm_add_epi32(feba[l], _mm_load_si128(saved_feba)));
    _mm_store_si128(saved_hgdc, _mm_add_epi32(hgdc[l], _mm_load_si128(saved_hgdc)));
  }
}

void compress(Lane* const* lanes, std::size_t count) {
  switch (count) {
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

/// Until none of the `count` lanes has a message on its way and none waits.
void run(std::array<Lane, max_lanes>& lanes, std::size_t count, Waiting& waiting,
         std::span<Digest> digests) {
  std::array<Lane*, max_lanes> active;
  for (std::size_t l = 0; l < max_lanes; ++l) active[l] = &lanes[l];
  while (count > 0) {
    compress(active.data(), count);
    for (std::size_t l = count; l-- > 0;) {
      auto& lane = *active[l];
      if (lane.blocks->advance()) continue;
      digests[lane.blocks->index()] = digest_of(lane.words());
      if (waiting.empty()) {
        std::swap(active[l], active[--count]);
      } else {
        waiting.begin(*lane.blocks);
        lane.begin(initial_words, lane.blocks);
      }
    }
  }
}

}  // namespace

bool has_sha_instructions() noexcept {
  return __builtin_cpu_supports("sha") && __builtin_cpu_supports("sse4.1");
}

void hash_by_sha_instructions(Waiting& waiting, std::span<Digest> digests) noexcept {
  std::array<Blocks, max_lanes> blocks;
  std::array<Lane, max_lanes> lanes;
  std::size_t count = 0;
  for (; count < max_lanes && !waiting.empty(); ++count) {
    waiting.begin(blocks[count]);
    lanes[count].begin(initial_words, &blocks[count]);
  }
  run(lanes, count, waiting, digests);
}

void finish_by_sha_instructions(std::span<const Begun> begun, std::span<Digest> digests) noexcept {
  Waiting nobody(std::byte{0}, {});
  std::array<Lane, max_lanes> lanes;
  while (!begun.empty()) {
    const auto count = std::min(begun.size(), max_lanes);
    for (std::size_t l = 0; l < count; ++l) lanes[l].begin(begun[l].words, begun[l].blocks);
    run(lanes, count, nobody, digests);
    begun = begun.subspan(count);
  }
}

}  // namespace braid::sha256_detail

#else

namespace braid::sha256_detail {

bool has_sha_instructions() noexcept { return false; }
void hash_by_sha_instructions(Waiting&, std::span<Digest>) noexcept {
  check(false, "this processor has none");
}
void finish_by_sha_instructions(std::span<const Begun>, std::span<Digest>) noexcept {
  check(false, "this processor has none");
}

}  // namespace braid::sha256_detail

#endif
