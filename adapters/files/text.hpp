#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace braid::files {

/// How the bytes of a list are read as text. ASCII is told apart because it says that nothing had
/// to be decided.
enum class Encoding { ascii, utf8, windows1252 };

/// "ASCII", "UTF-8", "windows-1252".
std::string_view name_of(Encoding encoding) noexcept;

/// Where `text` first stops being UTF-8 (events/utf8.hpp); nothing where it never does.
std::optional<std::size_t> first_invalid_utf8(std::string_view text) noexcept;

/// Where `text` has a byte that windows-1252 leaves undefined (81 8D 8F 90 9D); nothing where it
/// has none.
std::optional<std::size_t> first_undefined_windows1252(std::string_view text) noexcept;

/// True where every byte is below 128.
bool is_ascii(std::string_view text) noexcept;

/// Without the blanks and tabs around it, as libcsv leaves an unquoted cell.
std::string_view trimmed(std::string_view cell) noexcept;

/// Appends `cell` as UTF-8 without surrounding blanks (no-break spaces too); control characters
/// become blanks, so that a name is one line. `cell` must be valid in `encoding`.
void append_text(std::string& out, std::string_view cell, Encoding encoding);

/// A header name as compared: letters small, blanks, tabs, no-break spaces and byte order marks
/// left out. Bytes that are not UTF-8 are read as windows-1252.
std::string header_key(std::string_view cell);

/// A header name to show to a person: UTF-8, one line, at most 60 bytes. Not for cells of rows,
/// which may name people.
std::string shown(std::string_view header_cell);

/// What a cell looks like without saying what is in it: runs of digits become 9, runs of letters a,
/// other than ASCII ?; punctuation stays. "(1,234.5)" is "(9,9.9)". At most 32 characters.
std::string shape_of(std::string_view cell);

/// True where `text` contains `marker`, which is in small letters, whatever the case of `text`
/// (ASCII only).
bool contains_folded(std::string_view text, std::string_view marker) noexcept;

}  // namespace braid::files
