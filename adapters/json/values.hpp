#pragma once
#include <capnp/compat/json.capnp.h>

#include <tl/expected.hpp>

#include "adapters/json/sealer.hpp"
#include "adapters/json/strict_json.hpp"

namespace braid::json {

/// Writes tokens, which passed `read_strictly`, as the value that Cap'n Proto's codec decodes.
/// Integers that a double would round become strings; clear text is sealed on the way (`sealer` may
/// be empty only where the reading was told so). The one problem left is a sealer that cannot.
tl::expected<void, JsonProblem> to_value(const Tokens& tokens, const Sealer& sealer,
                                         capnp::json::Value::Builder value);

}  // namespace braid::json
