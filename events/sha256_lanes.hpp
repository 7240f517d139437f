#pragma once
#include "events/digest.hpp"

namespace braid {

/// SHA-256(prefix || message) of each message into `digests`, which is as long as `messages`.
/// Several messages are hashed at a time where the processor has SHA instructions (asked once, when
/// first needed); elsewhere one after another. Messages of different length may be mixed; alike
/// ones go fastest.
void sha256_many(std::byte prefix, std::span<const Bytes> messages,
                 std::span<Digest> digests) noexcept;

/// Whether this processor hashes several at a time.
bool has_sha256_lanes() noexcept;

/// The two ways of `sha256_many`, for those who compare them. The first only where
/// `has_sha256_lanes()`.
void sha256_in_lanes(std::byte prefix, std::span<const Bytes> messages,
                     std::span<Digest> digests) noexcept;
void sha256_one_by_one(std::byte prefix, std::span<const Bytes> messages,
                       std::span<Digest> digests) noexcept;

}  // namespace braid
