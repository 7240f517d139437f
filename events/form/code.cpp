#include "events/form/code.hpp"

#include <array>
#include <cstdint>

#include "events/check.hpp"

namespace braid::form {
namespace {

/// Sets of characters, as bits of a class table.
enum Set : std::uint8_t { digit = 1, upper = 2, lower = 4, dash = 8, dot = 16 };

constexpr std::array<std::uint8_t, 256> classes = [] {
  std::array<std::uint8_t, 256> of{};
  for (int c = '0'; c <= '9'; ++c) of[c] = digit;
  for (int c = 'A'; c <= 'Z'; ++c) of[c] = upper;
  for (int c = 'a'; c <= 'z'; ++c) of[c] = lower;
  of['-'] = dash;
  of['.'] = dot;
  return of;
}();

struct Pattern {
  std::string_view first;  ///< the first character is one of these; empty: of `rest`
  std::uint8_t rest;       ///< sets of the others
  std::size_t least;
  std::size_t most;
  std::string_view shape;
};

// clang-format off
constexpr Pattern patterns[] = {  // in the order of schema::Code
    {"",     digit | upper,              3, 10, "an ODS code: 3 to 10 of A-Z and 0-9, such as \"X24\""},
    {"EWSN", digit,                      9,  9, "a GSS code: E, W, S or N and 8 digits, such as \"E06000023\""},
    {"",     lower | digit | dash | dot, 2, 32,
     "an officer's code: 2 to 32 of a-z, 0-9, \"-\" and \".\"; never a name"},
    {"",     lower | digit | dash,       2, 40, "a place's code: 2 to 40 of a-z, 0-9 and \"-\", such as \"bristol\""},
    {"",     lower | digit | dash,       2, 15, "a fund's code: 2 to 15 of a-z, 0-9 and \"-\", such as \"chc\""},
    {"R",    digit,                      3,  4, "a rule's number: R and two or three digits, such as \"R14\""},
    {"",     lower | digit | dash,       2, 40, "one word: 2 to 40 of a-z, 0-9 and \"-\""},
};
// clang-format on

const Pattern& pattern_of(Code code) noexcept {
  const auto index = static_cast<std::size_t>(code);
  check(index < std::size(patterns), "every kind of code has a pattern");
  return patterns[index];
}

}  // namespace

bool is_code(Code code, std::string_view text) noexcept {
  const Pattern& pattern = pattern_of(code);
  if (text.size() < pattern.least || text.size() > pattern.most) return false;
  if (!pattern.first.empty()) {
    if (pattern.first.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
  }
  for (const char c : text) {
    if ((classes[static_cast<unsigned char>(c)] & pattern.rest) == 0) return false;
  }
  return true;
}

std::string_view shape_of(Code code) noexcept { return pattern_of(code).shape; }

}  // namespace braid::form
