#pragma once
#include <capnp/dynamic.h>

#include <memory>
#include <string>

#include "events/digest.hpp"
#include "events/schema/entry.capnp.h"

namespace braid::json {

/// Entries of a log as JSON, for people and programs that read: there is no way back. Immutable
/// after construction: any thread may use it.
class EntryJson {
 public:
  /// `event`: the type of what an entry's `event` bytes hold, schema::Event unless a test says
  /// otherwise.
  explicit EntryJson(capnp::StructSchema event);
  ~EntryJson();
  EntryJson(const EntryJson&) = delete;
  EntryJson& operator=(const EntryJson&) = delete;

  /// One line: the entry as `StructJson` writes it, its event as an object instead of bytes, and
  /// the entry's leaf hash as "hash" behind the rest. Bytes that are no event, which a refused
  /// entry may hold, are {"unreadable": base64}; no bytes are left out. Bounded however hostile
  /// they are. Throws kj::Exception where the entry itself is malformed.
  std::string encode(schema::Entry::Reader entry, const Digest& leaf_hash) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace braid::json
