#pragma once
#include <capnp/compat/json.capnp.h>

#include <string>

namespace braid::json {

/// Appends `value` as one line of JSON: no blanks, members in their order, those that `leave_out`
/// marked left out, integers in digits, bytes that are no UTF-8 as U+FFFD, so that what is written
/// is JSON whatever a log held.
void write_json(capnp::json::Value::Reader value, std::string& out);

}  // namespace braid::json
