#pragma once
#include <string>
#include <string_view>

namespace braid::cli {

/// A cell of CSV (RFC 4180): in quotes where it holds a comma, a quote or a line end.
inline std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == text.npos) return std::string(text);
  std::string cell = "\"";
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  return cell + '"';
}

}  // namespace braid::cli
