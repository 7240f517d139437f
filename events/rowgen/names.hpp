#pragma once
#include <string>
#include <string_view>

namespace braid::rowgen {

/// "recordedAt" -> "recorded_at", "keyID" -> "key_id"; a word of C++, or of what is generated
/// (key, table ...), gets a trailing underscore.
std::string snake_case(std::string_view camel_case);
/// "recordedAt" -> "RecordedAt", as Cap'n Proto names its getters.
std::string title_case(std::string_view camel_case);
/// A C++ string literal of the text, quotes included.
std::string quoted(std::string_view text);
/// The path that `import` in the schema file `importer` names: "/events/a.capnp" and "../a.capnp"
/// both become "events/a.capnp".
std::string imported_path(std::string_view importer, std::string_view import);
/// The path with its last extension replaced: "x/y.capnp" -> "x/y.rows.hpp".
std::string with_extension(std::string_view path, std::string_view extension);
/// "x/health.capnp" -> "health".
std::string stem(std::string_view path);

}  // namespace braid::rowgen
