#include "adapters/files/spend_row.hpp"

#include <algorithm>

#include "events/check.hpp"

namespace braid::files {
namespace {

std::string_view cell_at(const std::vector<std::string_view>& cells, std::size_t column) noexcept {
  return column < cells.size() ? trimmed(cells[column]) : std::string_view();
}

bool all_empty(const std::vector<std::string_view>& cells, std::size_t from) noexcept {
  return std::all_of(cells.begin() + static_cast<std::ptrdiff_t>(std::min(from, cells.size())),
                     cells.end(), [](std::string_view cell) { return trimmed(cell).empty(); });
}

/// `keys` are in the form of header_key, which is made only for cells that begin like one of them.
bool is_one_of(const std::vector<std::string>& keys, std::string_view cell) {
  if (cell.empty()) return false;
  const auto first = static_cast<char>(cell.front() | 0x20);
  return std::ranges::any_of(keys, [&](const std::string& key) {
    return (key.front() | 0x20) == first && header_key(cell) == key;
  });
}

}  // namespace

RowReader::RowReader(const SpendForm& form) : form_(form) {
  for (std::size_t column = 0; column < form.roles.size(); ++column) {
    if (form.roles[column] != Role::ignored) used_.push_back(column);
  }
  const auto amount = std::ranges::find(form.roles, Role::amount);
  check(amount != form.roles.end(), "a layout without a column for the amount is refused");
  amount_column_ = static_cast<std::size_t>(amount - form.roles.begin());
}

RowKind RowReader::read(const Cells& cells, std::uint32_t line) {
  const RowKind kind = kind_of(cells);
  if (kind == RowKind::control) {
    return read_amount_cell(cell_at(cells, amount_column_), line, amount_column_) ? RowKind::control
                                                                                  : RowKind::bad;
  }
  if (kind != RowKind::payment) return kind;
  const std::size_t width = form_.roles.size();
  if (cells.size() < width || !all_empty(cells, width)) {
    problem_ = whole_row(line,
                         "the row has " + std::to_string(cells.size()) + " cells, the header " +
                             std::to_string(width),
                         "look for a comma or a quote too many, or a line cut short");
    return RowKind::bad;
  }
  return read_cells(cells, line) ? RowKind::payment : RowKind::bad;
}

RowKind RowReader::kind_of(const Cells& cells) const {
  const bool has_amount = !cell_at(cells, amount_column_).empty();
  if (!has_amount && lacks_all(cells, form_.layout->padding_lacks)) {
    return all_empty(cells, 0) ? RowKind::blank : RowKind::padding;
  }
  if (!has_amount) return RowKind::payment;  // a bad one, as will be seen
  if (lacks_all(cells, form_.layout->control_lacks)) return RowKind::control;
  RoleSet date;
  date |= Role::date;
  const bool labelled =
      lacks_all(cells, date) && std::ranges::any_of(cells, [&](std::string_view cell) {
        return is_one_of(form_.layout->control_labels, trimmed(cell));
      });
  return labelled ? RowKind::control : RowKind::payment;
}

bool RowReader::lacks_all(const Cells& cells, const RoleSet& roles) const {
  return std::ranges::none_of(used_, [&](std::size_t column) {
    return has(roles, form_.roles[column]) && !cell_at(cells, column).empty();
  });
}

bool RowReader::read_cells(const Cells& cells, std::uint32_t line) {
  row_.line = line;
  row_.date.reset();
  list_date_.reset();
  for (std::string* text : {&row_.reference, &row_.expense_type, &row_.expense_area, &row_.supplier,
                            &row_.supplier_id, &row_.body}) {
    text->clear();
  }
  row_.restated = false;
  for (const std::size_t column : used_) {
    const std::string_view cell = trimmed(cells[column]);
    const Role role = form_.roles[column];
    if (cell.size() > max_cell_bytes) {
      bad(line, column, "the cell is longer than 4096 bytes", "look for a quote too many");
      return false;
    }
    if (role == Role::date && !read_date_cell(cell, line, column, row_.date)) return false;
    if (role == Role::list_date && !read_date_cell(cell, line, column, list_date_)) return false;
    if (role == Role::amount && !read_amount_cell(cell, line, column)) return false;
    const bool needed = role == Role::supplier || role == Role::reference;
    if (needed && cell.empty() && !has(form_.layout->may_be_empty, role)) {
      bad(line, column, "the " + std::string(name_of(role)) + " is empty",
          "ask the publisher, or let the layout say that it may be empty");
      return false;
    }
    read_text_cell(cell, role);
  }
  row_.pence = amount_.pence;
  row_.direction = amount_.negative ? Direction::credit : Direction::paid;
  row_.redacted = std::ranges::any_of(
      form_.layout->redaction_markers,
      [&](const std::string& marker) { return contains_folded(row_.supplier, marker); });
  return true;
}

bool RowReader::read_date_cell(std::string_view cell, std::uint32_t line, std::size_t column,
                               std::optional<Date>& date) {
  if (cell.empty() && has(form_.layout->may_be_empty, form_.roles[column])) return true;
  date = read_date(cell, form_.date_forms);
  if (date) return true;
  if (cell.empty()) {
    bad(line, column, "the date is empty",
        "ask the publisher, or let the layout say that it may be empty");
    return false;
  }
  std::string forms;
  for (const DateForm& form : form_.date_forms)
    forms += (forms.empty() ? "" : " or ") + form.pattern();
  bad(line, column,
      "no such day from 2000 to 2099 in the form " + forms + " (the cell looks like '" +
          shape_of(cell) + "')",
      "correct the date, or declare its form in the layout");
  return false;
}

bool RowReader::read_amount_cell(std::string_view cell, std::uint32_t line, std::size_t column) {
  const auto amount = read_amount(cell, form_.layout->amounts);
  if (amount) {
    amount_ = *amount;
    return true;
  }
  std::string reason(reason_of(amount.error()));
  if (amount.error() != AmountFault::empty)
    reason += " (the cell looks like '" + shape_of(cell) + "')";
  bad(line, column, std::move(reason), std::string(remedy_of(amount.error())));
  return false;
}

void RowReader::read_text_cell(std::string_view cell, Role role) {
  std::string* text = nullptr;
  switch (role) {
    case Role::supplier:
      text = &row_.supplier;
      break;
    case Role::supplier_id:
      text = &row_.supplier_id;
      break;
    case Role::reference:
      text = &row_.reference;
      break;
    case Role::expense_type:
      text = &row_.expense_type;
      break;
    case Role::expense_area:
      text = &row_.expense_area;
      break;
    case Role::body:
      text = &row_.body;
      break;
    case Role::mark:
      row_.restated = is_one_of(form_.layout->restated_marks, cell);
      return;
    case Role::ignored:
    case Role::date:
    case Role::amount:
    case Role::list_date:
      return;
  }
  if (cell.empty()) return;
  if (!text->empty()) *text += " / ";
  append_text(*text, cell, form_.encoding);
}

RowKind RowReader::bad(std::uint32_t line, std::size_t column, std::string reason,
                       std::string remedy) {
  problem_ = whole_row(line, std::move(reason), std::move(remedy));
  problem_.column = static_cast<std::uint32_t>(column + 1);
  problem_.column_name = form_.names[column];
  return RowKind::bad;
}

Problem RowReader::whole_row(std::uint32_t line, std::string reason, std::string remedy) const {
  Problem problem;
  problem.file = form_.file;
  problem.line = line;
  problem.reason = std::move(reason);
  problem.remedy = std::move(remedy);
  return problem;
}

}  // namespace braid::files
