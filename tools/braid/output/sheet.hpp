#pragma once
#include <cstdio>
#include <memory>
#include <optional>
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
  /// What a sheet with a statement says besides: the last checkpoint that the operator showed,
  /// entries and root (hexadecimal, empty: none), and the digest of the views' rows (empty: not
  /// asked for).
  std::uint64_t checkpoint_size = 0;
  std::string checkpoint_root = {};
  std::string digest = {};

  bool operator==(const Position&) const = default;
};

/// What a sheet was made of besides its positions, so that anyone can make it again.
struct Statement {
  std::string ledger;
  std::string name;     ///< the report
  std::string subject;  ///< as asked
  std::string on;       ///< as asked
  std::string views;    ///< SHA-256 of the names and versions of the projections: `views_stamp`

  bool operator==(const Statement&) const = default;
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
  /// Where it is given, JSON has it as "asked", and CSV has it with the positions in one last
  /// record: in its first cell, behind "# ", as the same JSON; the other cells are empty.
  std::optional<Statement> statement = {};
};

/// Prints a table row by row, as it comes: memory does not grow with it. Thread: one.
class SheetPrinter {
 public:
  virtual ~SheetPrinter() = default;
  /// `cells` are as many as the headings.
  virtual void row(std::span<const Cell> cells) = 0;
  /// Once, at the end: sentences below the table, and where it stands. CSV says both on standard
  /// error, for RFC 4180 has no place for them; see Sheet::statement.
  virtual void end(std::span<const std::string> remarks, std::span<const Position> positions) = 0;
};

/// Columns for people (a record a line each where they are wider than `width`), CSV (RFC 4180), or
/// one JSON document with a row a line. Borrows `out`, and `beside`, where CSV says what it has no
/// place for; null: nowhere.
std::unique_ptr<SheetPrinter> make_printer(Format format, Sheet sheet, std::FILE* out,
                                           std::size_t width, std::FILE* beside = stderr);

/// How wide a line may be: the terminal's, or 160 in a pipe.
std::size_t line_width(std::FILE* out);

}  // namespace braid::cli
