#include "adapters/files/csv_rows.hpp"

#include <cstring>
#include <new>

#include "adapters/files/text.hpp"

namespace braid::files {
namespace {

constexpr unsigned char strict = CSV_STRICT | CSV_STRICT_FINI;

char line_end_of(std::string_view text) noexcept {
  return text.find('\n') == std::string_view::npos && text.find('\r') != std::string_view::npos
             ? '\r'
             : '\n';
}

}  // namespace

CsvRows::CsvRows(std::string_view text, Position from)
    : text_(text), line_end_(line_end_of(text)), offset_(from.offset), line_(from.line) {
  cells_.reserve(max_row_cells);
  quoted_cuts_.reserve(max_row_cells);
  if (csv_init(&parser_, strict) != 0) throw std::bad_alloc();
}

CsvRows::~CsvRows() { csv_free(&parser_); }

std::string_view CsvRows::take_line() noexcept {
  const std::string_view rest = text_.substr(offset_);
  const void* end = std::memchr(rest.data(), line_end_, rest.size());
  const std::size_t size =
      end == nullptr ? rest.size()
                     : static_cast<std::size_t>(static_cast<const char*>(end) - rest.data());
  offset_ += end == nullptr ? size : size + 1;
  ++line_;
  std::string_view line = rest.substr(0, size);
  if (line_end_ == '\n' && line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

CsvRows::Step CsvRows::next() {
  cells_.clear();
  row_line_ = line_;
  if (offset_ >= text_.size()) return Step::end;
  const std::string_view line = take_line();
  if (line.size() > max_row_bytes) return Step::long_row;
  if (trimmed(line).empty()) return Step::blank_line;
  return std::memchr(line.data(), '"', line.size()) == nullptr ? cut_at_commas(line)
                                                               : parse_quoted(line);
}

CsvRows::Step CsvRows::cut_at_commas(std::string_view line) noexcept {
  if (std::memchr(line.data(), '\r', line.size()) != nullptr) return Step::lone_return;
  const char* at = line.data();
  const char* const end = at + line.size();
  for (;;) {
    const auto* comma =
        static_cast<const char*>(std::memchr(at, ',', static_cast<std::size_t>(end - at)));
    if (cells_.size() == max_row_cells) return Step::many_cells;
    const char* const cell_end = comma == nullptr ? end : comma;
    cells_.push_back(trimmed({at, static_cast<std::size_t>(cell_end - at)}));
    if (comma == nullptr) return Step::row;
    at = comma + 1;
  }
}

CsvRows::Step CsvRows::parse_quoted(std::string_view line) {
  quoted_bytes_.clear();
  quoted_bytes_.reserve(max_row_bytes);
  quoted_cuts_.clear();
  row_done_ = after_row_ = many_cells_ = false;
  std::size_t row_bytes = 0;
  for (;;) {
    row_bytes += line.size() + 1;
    if (row_bytes > max_row_bytes + 1) return Step::open_quote;
    for (const std::string_view piece : {line, std::string_view("\n")}) {
      if (csv_parse(&parser_, piece.data(), piece.size(), &on_cell, &on_row, this) == piece.size())
        continue;
      if (csv_error(&parser_) == CSV_ENOMEM) throw std::bad_alloc();
      csv_free(&parser_);
      if (csv_init(&parser_, strict) != 0) throw std::bad_alloc();
      return Step::stray_quote;
    }
    if (row_done_) break;
    if (offset_ >= text_.size()) return Step::open_quote;
    line = take_line();
  }
  if (after_row_) return Step::lone_return;
  if (many_cells_) return Step::many_cells;
  for (const Cut cut : quoted_cuts_)
    cells_.push_back(std::string_view(quoted_bytes_).substr(cut.start, cut.size));
  return Step::row;
}

void CsvRows::on_cell(void* bytes, std::size_t size, void* self) noexcept {
  auto& rows = *static_cast<CsvRows*>(self);
  rows.after_row_ |= rows.row_done_;
  if (rows.quoted_cuts_.size() == max_row_cells) {
    rows.many_cells_ = true;
  } else {
    rows.quoted_cuts_.push_back({rows.quoted_bytes_.size(), size});
    rows.quoted_bytes_.append(static_cast<const char*>(bytes), size);
  }
}

void CsvRows::on_row(int, void* self) noexcept { static_cast<CsvRows*>(self)->row_done_ = true; }

}  // namespace braid::files
