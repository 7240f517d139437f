#include "adapters/json/lexical.hpp"

#include <algorithm>
#include <array>

#include "adapters/json/scalars.hpp"
#include "adapters/json/shape.hpp"

namespace braid::json {
namespace {

/// What other notations write and JSON does not know.
constexpr std::array<std::string_view, 12> foreign_words = {"NaN", "nan",  "Infinity", "-Infinity",
                                                            "inf", "-inf", "None",     "undefined",
                                                            "nil", "NULL", "True",     "False"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_word_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '-' ||
         c == '.';
}

bool is_within_text(std::string_view line, std::size_t offset) {
  bool is_within = false;
  for (std::size_t i = 0; i < offset; ++i) {
    if (is_within && line[i] == '\\')
      ++i;
    else if (line[i] == '"')
      is_within = !is_within;
  }
  return is_within;
}

struct Word {
  std::size_t begin;
  std::string_view text;
};

Word word_around(std::string_view line, std::size_t offset) {
  std::size_t begin = offset, end = offset;
  while (begin > 0 && is_word_character(line[begin - 1])) --begin;
  while (end < line.size() && is_word_character(line[end])) ++end;
  return {begin, line.substr(begin, end - begin)};
}

bool is_number_like(std::string_view word) {
  const auto digit = word.find_first_not_of("+-.");
  return digit < std::min<std::size_t>(3, word.size()) && is_digit(word[digit]);
}

std::string byte_name(char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto value = static_cast<unsigned char>(c);
  return std::string("byte 0x") + digits[value >> 4] + digits[value & 15];
}

std::string character_name(char c) {
  return c > ' ' && c <= '~' ? std::string("'") + c + "'" : byte_name(c);
}

JsonProblem explain_text(std::string_view line, std::size_t offset) {
  const char c = line[offset];
  if (static_cast<unsigned char>(c) < 0x20)
    return {"", offset, byte_name(c) + " in a text", "text without control characters",
            "leave out NUL, line breaks, tabs and other control characters"};
  if (static_cast<unsigned char>(c) >= 0x80)
    return {"", offset, byte_name(c) + " in a text", "text in UTF-8", "save the file as UTF-8"};
  return {"", offset, "an escape that is none in a text", "text",
          "write \\\", \\\\, \\/ or \\u and four digits"};
}

std::string remedy_for(char c) {
  if (c == '\'') return "write names and text in double quotes";
  if (c == ',' || c == '}' || c == ']')
    return "write one comma between two members, none after the last";
  return "write names and text in double quotes, a colon after a name, a comma between members";
}

}  // namespace

JsonProblem explain(std::string_view line, Stop stop) {
  const std::size_t offset = stop.offset;
  if (offset == 0 && line.starts_with("\xef\xbb\xbf"))
    return {"", 0, "a byte order mark", "JSON", "save the file as UTF-8 without byte order mark"};
  if (line.find_first_not_of(" \t\r\n") == line.npos)
    return {"", offset, "nothing", "an object", "leave out empty lines"};
  if (offset < line.size() && is_within_text(line, offset)) return explain_text(line, offset);

  const Word word = word_around(line, offset);
  const std::string expected = stop.due != nullptr ? due(*stop.due) : "JSON";
  const bool is_shown = !stop.is_secret && !word.text.empty();
  if (is_shown && is_number_like(word.text)) {
    const auto better = remedy_for_number(word.text);
    if (better !=
        "write " +
            std::string(word.text))  // else the number is in order and what is around it is not
      return {"", word.begin, printable(word.text), expected,
              better.empty() ? "write numbers in decimal digits, without leading zeros" : better};
  }
  if (is_shown && std::ranges::find(foreign_words, word.text) != foreign_words.end())
    return {"", word.begin, printable(word.text), expected,
            "write what is due: JSON has no such value"};
  if (offset >= line.size())
    return {"", line.size(), "the end of the line", "the rest of it",
            "write one whole object a line"};
  return {"", offset, character_name(line[offset]), "JSON", remedy_for(line[offset])};
}

}  // namespace braid::json
