#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "adapters/files/amount.hpp"
#include "adapters/files/spend_form.hpp"
#include "adapters/files/spend_list.hpp"

namespace braid::files {

enum class RowKind {
  payment,
  blank,    ///< no cell has anything in it
  padding,  ///< lacks all that makes a payment
  control,  ///< a total
  bad
};

/// Turns the cells of one row after the other into payments, by a form. Borrows the form; reuses
/// its row.
class RowReader {
 public:
  explicit RowReader(const SpendForm& form);

  RowKind read(const std::vector<std::string_view>& cells, std::uint32_t line);

  /// After RowKind::payment, until the next row.
  const SpendRow& row() const noexcept { return row_; }
  /// After RowKind::payment or control; never negative, direction apart.
  const Amount& amount() const noexcept { return amount_; }
  /// After RowKind::payment: the date of the list that the row states.
  std::optional<Date> list_date() const noexcept { return list_date_; }
  /// After RowKind::bad.
  const Problem& problem() const noexcept { return problem_; }

  /// A problem of a row as a whole.
  Problem whole_row(std::uint32_t line, std::string reason, std::string remedy) const;

 private:
  using Cells = std::vector<std::string_view>;

  RowKind kind_of(const Cells& cells) const;
  RowKind bad(std::uint32_t line, std::size_t column, std::string reason, std::string remedy);
  bool read_cells(const Cells& cells, std::uint32_t line);
  bool read_date_cell(std::string_view cell, std::uint32_t line, std::size_t column,
                      std::optional<Date>& date);
  bool read_amount_cell(std::string_view cell, std::uint32_t line, std::size_t column);
  void read_text_cell(std::string_view cell, Role role);
  bool lacks_all(const Cells& cells, const RoleSet& roles) const;

  const SpendForm& form_;
  std::vector<std::size_t> used_;  ///< columns that have a role
  std::size_t amount_column_;
  SpendRow row_;
  Amount amount_;
  std::optional<Date> list_date_;
  Problem problem_;
};

}  // namespace braid::files
