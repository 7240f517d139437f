#include "events/sha256_lanes.hpp"

#include "events/check.hpp"
#include "events/sha256_blocks.hpp"

namespace braid {
namespace {

// Fewer do not fill the wide vectors for long enough.
constexpr std::size_t least_for_wide_vectors = 10;

}  // namespace

void sha256_many(std::byte prefix, std::span<const Bytes> messages,
                 std::span<Digest> digests) noexcept {
  if (messages.size() >= least_for_wide_vectors && sha256_way_exists(Sha256Way::wide_vectors))
    return sha256_many_by(Sha256Way::wide_vectors, prefix, messages, digests);
  if (messages.size() > 1 && sha256_way_exists(Sha256Way::sha_instructions))
    return sha256_many_by(Sha256Way::sha_instructions, prefix, messages, digests);
  sha256_many_by(Sha256Way::one_by_one, prefix, messages, digests);
}

bool sha256_way_exists(Sha256Way way) noexcept {
  static const bool sha = sha256_detail::has_sha_instructions();
  static const bool wide = sha && sha256_detail::has_wide_vectors();
  switch (way) {
    case Sha256Way::one_by_one:
      return true;
    case Sha256Way::sha_instructions:
      return sha;
    case Sha256Way::wide_vectors:
      return wide;
  }
  return false;
}

void sha256_many_by(Sha256Way way, std::byte prefix, std::span<const Bytes> messages,
                    std::span<Digest> digests) noexcept {
  check(messages.size() == digests.size(), "every message has its own digest");
  check(sha256_way_exists(way), "asked whether it exists before");
  sha256_detail::Waiting waiting(prefix, messages);
  switch (way) {
    case Sha256Way::wide_vectors:
      return sha256_detail::hash_by_wide_vectors(waiting, digests);
    case Sha256Way::sha_instructions:
      return sha256_detail::hash_by_sha_instructions(waiting, digests);
    case Sha256Way::one_by_one:
      for (std::size_t i = 0; i < messages.size(); ++i)
        digests[i] = Sha256().update(Bytes(&prefix, 1)).update(messages[i]).digest();
  }
}

namespace sha256_detail {

void Blocks::begin(std::byte prefix, Bytes message, std::size_t index) noexcept {
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
  const auto bits = std::uint64_t{total} * 8;
  for (std::size_t i = 0; i < 8; ++i)
    last_[blocks * block_bytes - 1 - i] = static_cast<std::byte>(bits >> (8 * i));
  runs_[runs++] = {last_.data(), blocks};
  for (; runs < runs_.size(); ++runs) runs_[runs] = {};
}

}  // namespace sha256_detail

}  // namespace braid
