#include "adapters/json/problem.hpp"

#include <algorithm>
#include <array>

namespace braid::json {
namespace {

constexpr std::size_t max_found = 40;
constexpr std::size_t max_word = 64;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string JsonProblem::sentence() const {
  std::string text = path.empty() ? "the line" : path;
  text += ", byte " + std::to_string(offset) + ": found " + found + "; expected " + expected;
  if (!remedy.empty()) text += "; " + remedy;
  return text;
}

std::string printable(std::string_view text) {
  constexpr std::string_view cut = "...";
  const bool is_long = text.size() > max_found;
  std::string shown(text.substr(0, is_long ? max_found - cut.size() : max_found));
  std::ranges::replace_if(shown, [](char c) { return c < ' ' || c > '~'; }, '?');
  return is_long ? shown + std::string(cut) : shown;
}

std::string quoted(std::string_view text) { return '"' + printable(text) + '"'; }

std::size_t edit_distance(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, max_word + 1>;
  a = a.substr(0, max_word);
  b = b.substr(0, max_word);
  Row before{}, row{}, next{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool is_same = lower(a[i - 1]) == lower(b[j - 1]);
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + (is_same ? 0u : 1u)});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
          lower(a[i - 2]) == lower(b[j - 1]))
        next[j] = std::min(next[j], before[j - 2] + 1);
    }
    before = row;
    row = next;
  }
  return row[b.size()];
}

}  // namespace braid::json
