#include "tests/repository/sources.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>

namespace braid::test {
namespace {

constexpr std::array roots = {"events", "ledger", "projections", "adapters", "tools", "tests"};
constexpr std::array kinds = {".cpp", ".hpp", ".capnp", ".cmake", ".md", ".toml", ""};

bool is_written_by_people(const std::filesystem::path& path) {
  if (path.filename().string().starts_with('.')) return false;
  return path.filename() == "CMakeLists.txt" ||
         std::ranges::find(kinds, path.extension()) != kinds.end();
}

SourceFile read(const std::filesystem::path& root, const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(in), {});
  return {path.lexically_relative(root).generic_string(), std::move(text)};
}

void read_folder(const std::filesystem::path& root, const std::filesystem::path& folder,
                 std::vector<SourceFile>& found) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && is_written_by_people(entry.path()))
      found.push_back(read(root, entry.path()));
}

/// Walks C++ once, knowing only whether it is in code, a comment or a text.
class Blanker {
 public:
  explicit Blanker(std::string_view code) : code_(code), blanked_(code) {}

  std::string run() {
    while (at_ < code_.size()) step();
    return std::move(blanked_);
  }

 private:
  void step() {
    if (code_.substr(at_, 2) == "//") return blank_until(code_.find('\n', at_));
    if (code_.substr(at_, 2) == "/*") return blank_until(past(code_.find("*/", at_ + 2), 2));
    if (code_.substr(at_, 2) == "R\"") return blank_raw_text();
    if (code_[at_] == '"') return blank_quoted('"');
    if (code_[at_] == '\'' && !separates_digits()) return blank_quoted('\'');
    ++at_;
  }

  static std::size_t past(std::size_t found, std::size_t length) {
    return found == std::string_view::npos ? found : found + length;
  }

  bool separates_digits() const {
    return at_ > 0 && std::isxdigit(static_cast<unsigned char>(code_[at_ - 1])) != 0;
  }

  void blank_raw_text() {
    const auto open = code_.find('(', at_);
    if (open == std::string_view::npos) return blank_until(open);
    const auto mark = std::string(code_.substr(at_ + 2, open - at_ - 2));
    blank_until(past(code_.find(")" + mark + "\"", open), mark.size() + 2));
  }

  void blank_quoted(char quote) {
    auto end = at_ + 1;
    while (end < code_.size() && code_[end] != quote && code_[end] != '\n')
      end += code_[end] == '\\' ? 2 : 1;
    blank_until(end + 1);
  }

  void blank_until(std::size_t end) {
    end = std::min(end, code_.size());
    for (; at_ < end; ++at_)
      if (code_[at_] != '\n') blanked_[at_] = ' ';
  }

  std::string_view code_;
  std::string blanked_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<SourceFile> sources_below(const std::filesystem::path& root) {
  std::vector<SourceFile> found;
  for (const auto* folder : roots)
    if (std::filesystem::exists(root / folder)) read_folder(root, root / folder, found);
  for (const auto* file : {"CMakeLists.txt", "README.md"})
    if (std::filesystem::exists(root / file)) found.push_back(read(root, root / file));
  std::ranges::sort(found, {}, &SourceFile::path);
  return found;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool is_cpp(std::string_view path) { return path.ends_with(".cpp") || path.ends_with(".hpp"); }

std::string without_comments_and_texts(std::string_view code) { return Blanker(code).run(); }

}  // namespace braid::test
