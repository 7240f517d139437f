#pragma once
#include <capnp/compat/json.h>

#include <memory>

namespace braid::json {

/// What the codec itself does not know: identifiers as text, dates as the calendar writes them,
/// bytes as base64, 64-bit integers as numbers where a double holds them. Owned beside a codec,
/// which borrows them; immutable.
class Handlers {
 public:
  Handlers();
  ~Handlers();

  /// Teaches `codec` our types, and the marked fields of `root` and of every struct in it.
  void teach(capnp::JsonCodec& codec, capnp::StructSchema root);

 private:
  struct All;
  std::unique_ptr<All> all_;
};

/// A handler's way to say of a member: leave it out. Only `write_json` understands it.
void leave_out(capnp::json::Value::Builder value);
bool is_left_out(capnp::json::Value::Reader value);

}  // namespace braid::json
