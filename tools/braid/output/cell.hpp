#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace braid::cli {

/// One value of a table, with its type: how it looks to people, to spreadsheets and to programs is
/// decided in one place.
struct Cell {
  enum class Kind {
    none,  ///< nothing is known: an empty place, JSON null
    text,
    code,  ///< an identifier or hash: people see its beginning
    number,
    pence,
    day,      ///< days since 1970-01-01
    month,    ///< months since 1970-01
    instant,  ///< microseconds since 1970, UTC
    truth,
    list,  ///< `number` members; `text` is the list in JSON
  };

  Kind kind = Kind::none;
  std::string text;         ///< of text, code and list
  std::int64_t number = 0;  ///< of all others

  static Cell none() { return {}; }
  static Cell of_text(std::string_view text) { return {Kind::text, std::string(text), 0}; }
  static Cell of_code(std::string text) { return {Kind::code, std::move(text), 0}; }
  static Cell of_number(std::int64_t number) { return {Kind::number, {}, number}; }
  /// Of what is counted, in std::uint64_t as sizes and sequences are.
  static Cell of_count(std::uint64_t count) { return of_number(static_cast<std::int64_t>(count)); }
  static Cell of_pence(std::int64_t pence) { return {Kind::pence, {}, pence}; }
  static Cell of_day(std::int32_t days);

  bool operator==(const Cell&) const = default;
};

/// For people: "12,345.60", "yes", the first digits of a hash. Whatever a text holds, nothing that
/// steers a terminal.
std::string shown(const Cell& cell);
/// For spreadsheets, before any quoting: "12345.60", "true". A list is its number of members.
std::string plain(const Cell& cell);
/// For programs: a JSON value; pence are whole pence.
std::string json(const Cell& cell);

/// A text as JSON, in its quotes; bytes that are no UTF-8 as U+FFFD.
std::string json_text(std::string_view text);

/// Whether people read this kind by its last digit: set to the right.
constexpr bool stands_right(Cell::Kind kind) {
  return kind == Cell::Kind::number || kind == Cell::Kind::pence;
}

/// Columns that a text takes on a terminal, one a character.
std::size_t columns_of_text(std::string_view text);

}  // namespace braid::cli
