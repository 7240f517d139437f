#pragma once
#include <csv.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace braid::files {

/// Bounds on one row; a file that breaks them is not a spend list.
inline constexpr std::size_t max_row_bytes = std::size_t{64} * 1024;
inline constexpr std::size_t max_row_cells = 256;

/// Walks the rows of a CSV text (RFC 4180; lines may end in LF, CRLF or, all of them, CR), with the
/// line each begins on. Rows with quotes go through libcsv in its strict mode; a line without any
/// is cut at its commas in place, which means the same and is several times as fast. Memory: two
/// rows, whatever the text. Borrows `text`. One thread.
class CsvRows {
 public:
  enum class Step {
    row,          ///< cells() are those of the row
    blank_line,   ///< nothing, or blanks only, between two line ends
    end,          ///< no more rows
    stray_quote,  ///< a quote in the middle of a cell; goes on with the next line
    many_cells,   ///< more than `max_row_cells`; goes on with the next row
    long_row,     ///< more than `max_row_bytes`; cannot go on
    open_quote,   ///< a quote opened in the row that begins on line() is never closed; cannot go on
    lone_return   ///< a carriage return in the middle of a line, outside quotes; cannot go on
  };
  /// A place between two rows, to come back to.
  struct Position {
    std::size_t offset = 0;
    std::uint32_t line = 1;
  };

  explicit CsvRows(std::string_view text) : CsvRows(text, Position()) {}
  CsvRows(std::string_view text, Position from);
  ~CsvRows();
  CsvRows(const CsvRows&) = delete;
  CsvRows& operator=(const CsvRows&) = delete;

  Step next();

  /// Cells of the current row without surrounding blanks (inside quotes they stay), valid until the
  /// next step.
  const std::vector<std::string_view>& cells() const noexcept { return cells_; }
  /// The line, from 1, on which the current row begins.
  std::uint32_t line() const noexcept { return row_line_; }
  /// Where the next row begins.
  Position position() const noexcept { return {offset_, line_}; }

 private:
  struct Cut {
    std::size_t start;
    std::size_t size;
  };
  std::string_view take_line() noexcept;
  Step cut_at_commas(std::string_view line) noexcept;
  Step parse_quoted(std::string_view line);
  static void on_cell(void* bytes, std::size_t size, void* self) noexcept;
  static void on_row(int end, void* self) noexcept;

  std::string_view text_;
  char line_end_;
  std::size_t offset_;
  std::uint32_t line_;
  std::uint32_t row_line_ = 0;
  std::vector<std::string_view> cells_;
  // Filled by libcsv's callbacks, which must not throw: room for the largest row is reserved.
  csv_parser parser_{};
  std::string quoted_bytes_;
  std::vector<Cut> quoted_cuts_;
  bool row_done_ = false;
  bool after_row_ = false;  ///< a cell came after the row had ended: a lone carriage return
  bool many_cells_ = false;
};

}  // namespace braid::files
