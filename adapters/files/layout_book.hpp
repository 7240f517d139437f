#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "adapters/files/layout.hpp"
#include "adapters/files/problem.hpp"

namespace braid::files {

/// Layouts in one directory added at run time, and the size of each.
inline constexpr std::size_t max_layouts = 1000;
inline constexpr std::size_t max_layout_bytes = std::size_t{64} * 1024;

/// The known layouts, by name. A value; not to be changed while a file is read.
class LayoutBook {
 public:
  LayoutBook() = default;
  /// The layouts of `adapters/files/layouts/`, which are compiled in.
  static LayoutBook built_in();

  /// Adds a layout; one of the same name is a problem (the lists of a closed year must go on
  /// reading as they did: give the changed layout a name of its own).
  tl::expected<void, Problem> add(std::string_view toml, std::string_view file);
  /// Adds every `*.toml` of `directory`, in the order of their names; stops at the first problem.
  tl::expected<void, Problem> add_directory(const std::filesystem::path& directory);

  const std::vector<Layout>& layouts() const noexcept { return layouts_; }
  const Layout* named(std::string_view name) const noexcept;

 private:
  std::vector<Layout> layouts_;
};

}  // namespace braid::files
