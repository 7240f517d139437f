#pragma once
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tools/braid/output/cell.hpp"
#include "tools/braid/output/format.hpp"

namespace braid::cli {

/// How far a partition's history was read, and the root over it: whoever has the same pair has the
/// same history.
struct Position {
  std::string partition;     ///< "register", "0" ...
  std::uint64_t size = 0;    ///< entries
  std::string root;          ///< RFC 6962, hexadecimal
  std::uint64_t behind = 0;  ///< entries that the views have not seen yet
};

struct Heading {
  std::string name;
  bool right = false;  ///< numbers
};

/// What is printed, apart from its rows.
struct Sheet {
  std::string kind;  ///< "view", "report": its name's member in JSON
  std::string name;
  std::string title;  ///< may be empty
  std::vector<Heading> headings;
};

/// Prints a table row by row, as it comes: memory does not grow with it. Thread: one.
class SheetPrinter {
 public:
  virtual ~SheetPrinter() = default;
  /// `cells` are as many as the headings.
  virtual void row(std::span<const Cell> cells) = 0;
  /// Once, at the end: sentences below the table, and where it stands. CSV says both on standard
  /// error, for RFC 4180 has no place for them.
  virtual void end(std::span<const std::string> remarks, std::span<const Position> positions) = 0;
};

/// Columns for people (a record a line each where they are wider than `width`), CSV (RFC 4180), or
/// one JSON document with a row a line. Borrows `out`.
std::unique_ptr<SheetPrinter> make_printer(Format format, Sheet sheet, std::FILE* out,
                                           std::size_t width);

/// How wide a line may be: the terminal's, or 160 in a pipe.
std::size_t line_width(std::FILE* out);

}  // namespace braid::cli
