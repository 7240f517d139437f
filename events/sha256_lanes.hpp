#pragma once
#include "events/digest.hpp"

namespace braid {

/// SHA-256(prefix || message) of each message into `digests`, which is as long as `messages`.
/// Several messages are hashed at a time in the fastest way that the processor has. Messages of
/// different length may be mixed; alike ones go fastest.
void sha256_many(std::byte prefix, std::span<const Bytes> messages,
                 std::span<Digest> digests) noexcept;

/// The ways in which it is done, for those who compare them.
enum class Sha256Way {
  one_by_one,        ///< OpenSSL, one message after another: everywhere
  sha_instructions,  ///< four at a time through the SHA instructions (x86)
  wide_vectors,      ///< sixteen at a time in AVX-512
};
/// Whether this processor has it (asked once).
bool sha256_way_exists(Sha256Way way) noexcept;
/// As `sha256_many`, in a way that exists.
void sha256_many_by(Sha256Way way, std::byte prefix, std::span<const Bytes> messages,
                    std::span<Digest> digests) noexcept;

}  // namespace braid
