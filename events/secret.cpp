#include "events/secret.hpp"

#include <sodium/core.h>
#include <sodium/randombytes.h>
#include <sodium/utils.h>

#include "events/faults.hpp"

namespace braid {

void wipe(std::span<std::byte> bytes) noexcept { sodium_memzero(bytes.data(), bytes.size()); }

void fill_random(std::span<std::byte> bytes) {
  static const bool ready = sodium_init() >= 0;
  if (!ready)
    throw Fault(
        "the operating system gives no random numbers, so no key or identifier can be made");
  randombytes_buf(bytes.data(), bytes.size());
}

}  // namespace braid
