#pragma once
#include <span>
#include <string_view>

namespace braid::files {

/// A file of `layouts/`, its text compiled into the program.
struct EmbeddedLayout {
  std::string_view file;  ///< "layouts/devon.toml"
  std::string_view toml;
};

/// All of them, in the order of their names. Defined in a file that CMake writes.
std::span<const EmbeddedLayout> embedded_layouts() noexcept;

}  // namespace braid::files
