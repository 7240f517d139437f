#include "adapters/files/layout_book.hpp"

#include <algorithm>

#include "adapters/files/embedded_layouts.hpp"
#include "adapters/files/layout_toml.hpp"
#include "adapters/files/load_file.hpp"
#include "events/check.hpp"

namespace braid::files {
namespace {

Problem about(const std::filesystem::path& file, std::string reason, std::string remedy) {
  Problem problem;
  problem.file = file.string();
  problem.reason = std::move(reason);
  problem.remedy = std::move(remedy);
  return problem;
}

tl::expected<std::vector<std::filesystem::path>, Problem> toml_files_in(
    const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (std::filesystem::directory_iterator it(directory, error), end; !error && it != end;
       it.increment(error)) {
    if (it->path().extension() == ".toml") files.push_back(it->path());
    if (files.size() > max_layouts) {
      return tl::unexpected(
          about(directory, "more than 1000 layouts", "keep those that are needed"));
    }
  }
  if (error) {
    return tl::unexpected(about(directory, "cannot list the layouts: " + error.message(),
                                "name a readable directory"));
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

LayoutBook LayoutBook::built_in() {
  LayoutBook book;
  for (const EmbeddedLayout& layout : embedded_layouts()) {
    check(book.add(layout.toml, layout.file).has_value(), "the layouts compiled in are tested");
  }
  return book;
}

tl::expected<void, Problem> LayoutBook::add(std::string_view toml, std::string_view file) {
  auto layout = read_layout(toml, file);
  if (!layout) return tl::unexpected(layout.error());
  if (named(layout->name) != nullptr) {
    return tl::unexpected(
        about(std::filesystem::path(file), "there is a layout named '" + layout->name + "' already",
              "give this one another name: lists of closed years must go on reading as they did"));
  }
  layouts_.push_back(std::move(*layout));
  return {};
}

tl::expected<void, Problem> LayoutBook::add_directory(const std::filesystem::path& directory) {
  const auto files = toml_files_in(directory);
  if (!files) return tl::unexpected(files.error());
  for (const auto& file : *files) {
    const auto bytes = load_file(file, max_layout_bytes);
    if (!bytes) return tl::unexpected(bytes.error());
    if (auto added = add(as_text(*bytes), file.string()); !added) return added;
  }
  return {};
}

const Layout* LayoutBook::named(std::string_view name) const noexcept {
  const auto found = std::ranges::find(layouts_, name, &Layout::name);
  return found == layouts_.end() ? nullptr : &*found;
}

}  // namespace braid::files
