#pragma once
#include <tl/expected.hpp>

#include "adapters/json/struct_json.hpp"
#include "events/bytes.hpp"
#include "events/schema/event.capnp.h"

namespace braid::json {

/// Events as lines of JSON, as publishers write them. Immutable after construction, as
/// `StructJson`.
class EventJson {
 public:
  /// With an empty `sealer`, a `Sealed` is taken only as a box.
  explicit EventJson(Sealer sealer = {});

  /// The canonical bytes of the event that a line of untrusted text says, which is what its
  /// publisher signs; or what is wrong with the line. The gate of form (`check_form`) is still to
  /// be asked: a schema does not know every rule of form.
  tl::expected<OwnedBytes, JsonProblem> decode(std::string_view line) const;

  /// One line; for an event out of `decode`, one that decodes to the same bytes. Throws
  /// kj::Exception where malformed.
  std::string encode(schema::Event::Reader event) const;

 private:
  StructJson json_;
};

}  // namespace braid::json
