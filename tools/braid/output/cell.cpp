#include "tools/braid/output/cell.hpp"

#include <algorithm>

#include "events/date.hpp"
#include "events/pence.hpp"
#include "events/utf8.hpp"

namespace braid::cli {
namespace {

constexpr std::size_t code_digits_shown = 13;  // an identifier's first two groups

bool continues_a_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

/// Control characters, DEL among them, would let a text of the log steer the reader's terminal.
std::string without_controls(std::string_view text) {
  std::string safe(text);
  std::ranges::replace_if(
      safe, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return safe;
}

void append_escaped(char c, std::string& out) {
  constexpr std::string_view digits = "0123456789abcdef";
  if (c == '"' || c == '\\')
    (out += '\\') += c;
  else if (c == '\n')
    out += "\\n";
  else if (static_cast<unsigned char>(c) < 0x20)
    ((out += "\\u00") += digits[c >> 4]) += digits[c & 15];
  else
    out += c;
}

}  // namespace

Cell Cell::of_day(std::int32_t days) {
  if (Date{days}.is_none()) return none();
  return {Kind::day, {}, days};
}

std::string shown(const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::text:
      return without_controls(cell.text);
    case Cell::Kind::code:
      return cell.text.substr(0, code_digits_shown);
    case Cell::Kind::truth:
      return cell.number != 0 ? "yes" : "no";
    case Cell::Kind::instant:
      return Instant{cell.number}.text().substr(0, 19) + "Z";
    case Cell::Kind::pence: {
      auto pounds = format_pounds(cell.number);
      pounds.erase(pounds.find("GBP "), 4);
      return pounds;
    }
    case Cell::Kind::none:
    case Cell::Kind::number:
    case Cell::Kind::day:
    case Cell::Kind::month:
    case Cell::Kind::list:
      return plain(cell);
  }
  return {};
}

std::string plain(const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::none:
      return {};
    case Cell::Kind::text:
    case Cell::Kind::code:
      return cell.text;
    case Cell::Kind::number:
    case Cell::Kind::list:
      return std::to_string(cell.number);
    case Cell::Kind::pence:
      return format_plain_pounds(cell.number);
    case Cell::Kind::day:
      return Date{static_cast<std::int32_t>(cell.number)}.text();
    case Cell::Kind::month:
      return Month{static_cast<std::int32_t>(cell.number)}.text();
    case Cell::Kind::instant:
      return Instant{cell.number}.text();
    case Cell::Kind::truth:
      return cell.number != 0 ? "true" : "false";
  }
  return {};
}

std::string json(const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::none:
      return "null";
    case Cell::Kind::list:
      return cell.text;
    case Cell::Kind::pence:
      return std::to_string(cell.number);
    case Cell::Kind::number:
    case Cell::Kind::truth:
      return plain(cell);
    case Cell::Kind::text:
    case Cell::Kind::code:
    case Cell::Kind::day:
    case Cell::Kind::month:
    case Cell::Kind::instant:
      return json_text(plain(cell));
  }
  return {};
}

std::string json_text(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const auto good = text.substr(0, utf8_prefix(text));
    for (const char c : good) append_escaped(c, out);
    text.remove_prefix(good.size());
    if (text.empty()) break;
    out += "\uFFFD";
    text.remove_prefix(1);
  }
  return out += '"';
}

std::size_t columns_of_text(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return !continues_a_character(c); }));
}

}  // namespace braid::cli
