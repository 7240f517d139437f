#include "adapters/kafka/writer_id.hpp"

#include "events/encoding.hpp"

namespace braid::kafka {

Parsed<WriterId> WriterId::from_bytes(Bytes bytes) {
  if (bytes.size() != size) {
    return unreadable("a writer id has 16 bytes, and this has " + std::to_string(bytes.size()));
  }
  WriterId id;
  std::memcpy(id.bytes.data(), bytes.data(), size);
  return id;
}

std::string WriterId::text() const { return to_hex(bytes); }

}  // namespace braid::kafka
