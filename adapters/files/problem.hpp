#pragma once
#include <cstdint>
#include <string>

namespace braid::files {

/// What is wrong with a file, a row of it or a layout, where, and what to do about it. Never
/// carries the text of a cell: spend lists name people, and a shifted column would put a name where
/// an amount was expected. A cell is described by its shape (`shape_of`), a column by the name the
/// header gives it.
struct Problem {
  std::string file;
  std::uint32_t line = 0;    ///< from 1; 0: the file as a whole
  std::uint32_t column = 0;  ///< from 1; 0: the row as a whole
  std::string column_name;
  std::string reason;  ///< a clause: "the amount is empty"
  std::string remedy;  ///< an order: "write the amount as pounds and pence"

  bool operator==(const Problem&) const = default;
};

/// "list.csv, line 12, column 6 (Amount): the amount is empty; write it as pounds and pence".
std::string sentence(const Problem& problem);

}  // namespace braid::files
