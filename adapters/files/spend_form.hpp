#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "adapters/files/csv_rows.hpp"
#include "adapters/files/layout_book.hpp"
#include "adapters/files/spend_list.hpp"

namespace braid::files {

/// Everything decided about a file before its first row is read. Borrows the layout and the text.
struct SpendForm {
  std::string_view file;
  std::string_view text;  ///< without byte order mark
  const Layout* layout = nullptr;
  std::vector<Role> roles;         ///< of each column of the header
  std::vector<std::string> names;  ///< of each column, to show
  std::uint32_t header_line = 0;
  CsvRows::Position first_row;
  Encoding encoding = Encoding::ascii;
  std::vector<DateForm> date_forms;   ///< of mirrored ones, only the one decided on
  std::string decided_date_form;      ///< its pattern; empty where there was nothing to decide
  std::optional<Month> stated_month;  ///< in the preamble
};

/// Recognises a spend list; every way a file can fail to be one is told apart.
tl::expected<SpendForm, Problem> recognise(const SpendSource& source, const LayoutBook& book,
                                           const SpendOptions& options);

/// The problem behind a step of CsvRows after which it cannot go on.
Problem broken_csv(CsvRows::Step step, std::string_view file, std::uint32_t line);

}  // namespace braid::files
