#include "ledger/vault.hpp"

namespace braid::ledger {

Uuid new_key_id() {
  std::array<std::uint64_t, 2> random;
  fill_random(std::as_writable_bytes(std::span(random)));
  return uuid_v4(random[0], random[1]);
}

}  // namespace braid::ledger
