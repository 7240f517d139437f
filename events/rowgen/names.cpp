#include "events/rowgen/names.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

namespace braid::rowgen {
namespace {

constexpr auto keywords =
    std::to_array<std::string_view>({"alignas",       "alignof",     "and",
                                     "and_eq",        "asm",         "auto",
                                     "bitand",        "bitor",       "bool",
                                     "break",         "case",        "catch",
                                     "char",          "char16_t",    "char32_t",
                                     "char8_t",       "class",       "co_await",
                                     "co_return",     "co_yield",    "compl",
                                     "concept",       "const",       "const_cast",
                                     "consteval",     "constexpr",   "constinit",
                                     "continue",      "decltype",    "default",
                                     "delete",        "do",          "double",
                                     "dynamic_cast",  "else",        "enum",
                                     "explicit",      "export",      "extern",
                                     "false",         "float",       "for",
                                     "friend",        "goto",        "if",
                                     "inline",        "int",         "long",
                                     "mutable",       "namespace",   "new",
                                     "noexcept",      "not",         "not_eq",
                                     "nullptr",       "operator",    "or",
                                     "or_eq",         "private",     "protected",
                                     "public",        "register",    "reinterpret_cast",
                                     "requires",      "return",      "short",
                                     "signed",        "sizeof",      "static",
                                     "static_assert", "static_cast", "struct",
                                     "switch",        "template",    "this",
                                     "thread_local",  "throw",       "true",
                                     "try",           "typedef",     "typeid",
                                     "typename",      "union",       "unsigned",
                                     "using",         "virtual",     "void",
                                     "volatile",      "wchar_t",     "while",
                                     "xor",           "xor_eq"});
static_assert(std::ranges::is_sorted(keywords));

/// Members of generated structs.
constexpr auto members = std::to_array<std::string_view>({"has_key", "key", "set_key", "table"});
static_assert(std::ranges::is_sorted(members));

bool is_upper(char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; }
char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

}  // namespace

std::string snake_case(std::string_view camel_case) {
  std::string snake;
  for (std::size_t i = 0; i < camel_case.size(); ++i) {
    const bool starts_word = is_upper(camel_case[i]) && i > 0 &&
                             (!is_upper(camel_case[i - 1]) ||
                              (i + 1 < camel_case.size() && !is_upper(camel_case[i + 1])));
    if (starts_word) snake += '_';
    snake += lower(camel_case[i]);
  }
  const bool is_taken = std::ranges::binary_search(keywords, std::string_view(snake)) ||
                        std::ranges::binary_search(members, std::string_view(snake));
  if (is_taken) snake += '_';
  return snake;
}

std::string title_case(std::string_view camel_case) {
  std::string title(camel_case);
  if (!title.empty())
    title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
  return title;
}

std::string quoted(std::string_view text) {
  std::string literal = "\"";
  for (const char c : text) {
    if (c == '\n') {
      literal += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') literal += '\\';
    literal += c;
  }
  return literal + '"';
}

std::string imported_path(std::string_view importer, std::string_view import) {
  if (import.starts_with('/')) return std::string(import.substr(1));
  return (std::filesystem::path(importer).parent_path() / import)
      .lexically_normal()
      .generic_string();
}

std::string with_extension(std::string_view path, std::string_view extension) {
  return std::filesystem::path(path).replace_extension(extension).generic_string();
}

std::string stem(std::string_view path) {
  return std::filesystem::path(path).stem().generic_string();
}

}  // namespace braid::rowgen
