#include "tests/repository/style.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>

#include "tests/repository/layering.hpp"

namespace braid::test {
namespace {

constexpr std::size_t max_columns = 120;
constexpr std::size_t max_columns_of_a_table = 160;
constexpr std::size_t max_lines = 400;

struct LongFile {
  std::string_view path, why;
};
// Files longer than that, and why each reads better in one piece.
constexpr std::array long_files_allowed = {
    LongFile{"tests/support/ledger_events.cpp", "one short function an event kind, read like a table"},
};

bool is_cmake(std::string_view path) {
  return path.ends_with(".cmake") || path.ends_with("CMakeLists.txt");
}

bool is_code(std::string_view path) {
  return is_cpp(path) || is_cmake(path) || path.ends_with(".capnp");
}

/// Asks a question of each line.
template <class Question>
Findings lines_where(std::string_view path, std::string_view text, const std::string& why,
                     Question question) {
  Findings found;
  const auto lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (question(lines[i])) found.push_back({std::string(path), i + 1, why});
  return found;
}

bool matches(std::string_view line, const std::regex& pattern) {
  return std::regex_search(line.begin(), line.end(), pattern);
}

/// Columns, not bytes: the continuation bytes of UTF-8 do not count.
std::size_t columns(std::string_view line) {
  return static_cast<std::size_t>(std::ranges::count_if(
      line, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

/// From behind a `co_await` to the end of its statement or of the parentheses around it.
std::string_view awaited(std::string_view code) {
  int depth = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (code[i] == ';') return code.substr(0, i);
    if (code[i] == '(') ++depth;
    if (code[i] == ')' && --depth < 0) return code.substr(0, i);
  }
  return code;
}

bool stands_alone(std::string_view code, std::size_t at, std::string_view word) {
  const auto in_a_word = [&](std::size_t i) {
    return i < code.size() &&
           (std::isalnum(static_cast<unsigned char>(code[i])) != 0 || code[i] == '_');
  };
  return (at == 0 || !in_a_word(at - 1)) && !in_a_word(at + word.size());
}

}  // namespace

Findings temporaries_after_co_await(std::string_view path, std::string_view text) {
  if (!is_cpp(path)) return {};
  static constexpr std::string_view word = "co_await";
  const auto blanked = without_comments_and_texts(text);
  const std::string_view code = blanked;
  Findings found;
  for (auto at = code.find(word); at != code.npos; at = code.find(word, at + 1)) {
    if (!stands_alone(code, at, word)) continue;
    if (awaited(code.substr(at + word.size())).find_first_of("{[") == code.npos) continue;
    const auto line = 1 + static_cast<std::size_t>(std::ranges::count(code.substr(0, at), '\n'));
    found.push_back({std::string(path), line, "{ or [ after co_await: name it on the line above"});
  }
  return found;
}

Findings stray_blanks(std::string_view path, std::string_view text) {
  return lines_where(path, text, "a tab, a carriage return or a blank at the end", [](auto line) {
    return line.find_first_of("\t\r") != line.npos || line.ends_with(' ');
  });
}

Findings long_lines(std::string_view path, std::string_view text) {
  if (!is_code(path)) return {};
  bool table = path.ends_with(".capnp");
  return lines_where(path, text, "over the columns a line may have", [&](auto line) {
    if (line.ends_with("// clang-format off")) table = true;
    if (line.ends_with("// clang-format on")) table = false;
    return columns(line) > (table ? max_columns_of_a_table : max_columns);
  });
}

Findings long_files(std::string_view path, std::string_view text) {
  const auto count = lines_of(text).size();
  if (!is_code(path) || count <= max_lines) return {};
  if (std::ranges::find(long_files_allowed, path, &LongFile::path) != long_files_allowed.end())
    return {};
  return {{std::string(path), 0, std::to_string(count) + " lines: two ideas in one file"}};
}

Findings notes_to_self(std::string_view path, std::string_view text) {
  // Spelt in halves, so that this file does not find itself.
  static const std::regex note("\\b(TO" "DO|FIX" "ME|X" "XX|HA" "CK)\\b");
  return lines_where(path, text, "a note to self: do it, or open an issue",
                     [](auto line) { return matches(line, note); });
}

Findings stray_dependencies(std::string_view path, std::string_view text) {
  if (!is_cmake(path) || path == "tools/cmake/dependencies.cmake") return {};
  static const std::regex finder(
      "^[^#]*\\b(find_package|find_library|find_path|pkg_check_modules|pkg_search_module|"
      "FetchContent\\w*|ExternalProject\\w*)\\s*\\(",
      std::regex::icase);
  return lines_where(path, text, "libraries are looked for in tools/cmake/dependencies.cmake only",
                     [](auto line) { return matches(line, finder); });
}

Findings foreign_idioms(std::string_view path, std::string_view text) {
  if (!is_cpp(path)) return {};
  static const std::regex assertion("(\\bassert\\s*\\(|include\\s*<(cassert|assert\\.h)>)");
  auto found = lines_where(path, without_comments_and_texts(text),
                           "assert vanishes in what we ship: use check",
                           [](auto line) { return matches(line, assertion); });
  if (path.ends_with(".hpp") && !text.starts_with("#pragma once\n"))
    found.push_back({std::string(path), 1, "a header begins with #pragma once"});
  return found;
}

Findings torn_test_names(std::string_view path, std::string_view text) {
  if (!path.starts_with("tests/") || !is_cpp(path)) return {};
  static const std::regex torn("^\\s*(TEST_CASE|SCENARIO)\\(\\s*\"[^\"]*[\\[\\];\\\\]");
  return lines_where(path, text, "CMake tears a test's name at brackets, semicolons, backslashes",
                     [](auto line) { return matches(line, torn); });
}

Findings folders_without_readme(const std::vector<SourceFile>& files) {
  Findings found;
  for (const auto& layer : layers()) {
    const auto has_code = std::ranges::any_of(files, [&](const SourceFile& file) {
      return is_cpp(file.path) && file.path.starts_with(layer.folder);
    });
    const auto readme = std::string(layer.folder) + "README.md";
    if (has_code && std::ranges::find(files, readme, &SourceFile::path) == files.end())
      found.push_back({readme, 0, "missing: what the folder is, how to add to it, its decisions"});
  }
  return found;
}

}  // namespace braid::test
