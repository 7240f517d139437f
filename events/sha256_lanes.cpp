#include "events/sha256_lanes.hpp"

#include "events/check.hpp"

namespace braid {

void sha256_many(std::byte prefix, std::span<const Bytes> messages,
                 std::span<Digest> digests) noexcept {
  if (messages.size() > 1 && has_sha256_lanes()) return sha256_in_lanes(prefix, messages, digests);
  sha256_one_by_one(prefix, messages, digests);
}

void sha256_one_by_one(std::byte prefix, std::span<const Bytes> messages,
                       std::span<Digest> digests) noexcept {
  check(messages.size() == digests.size(), "every message has its own digest");
  for (std::size_t i = 0; i < messages.size(); ++i)
    digests[i] = Sha256().update(Bytes(&prefix, 1)).update(messages[i]).digest();
}

}  // namespace braid
