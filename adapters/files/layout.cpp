#include "adapters/files/layout.hpp"

#include <algorithm>

namespace braid::files {
namespace {

constexpr std::array<std::string_view, role_count> role_names = {
    "ignored",      "date",         "amount", "supplier",  "supplier_id", "reference",
    "expense_type", "expense_area", "body",   "list_date", "mark"};

}  // namespace

std::string_view name_of(Role role) noexcept { return role_names[static_cast<std::size_t>(role)]; }

std::optional<Role> role_named(std::string_view name) noexcept {
  const auto* const found = std::ranges::find(role_names, name);
  if (found == role_names.end()) return std::nullopt;
  return static_cast<Role>(found - role_names.begin());
}

HeaderRow::HeaderRow(const std::vector<std::string_view>& row) : cells(row) {
  for (const std::string_view cell : cells) keys.push_back(header_key(cell));
  while (!keys.empty() && keys.back().empty()) {
    keys.pop_back();
    cells.pop_back();
  }
}

HeaderMatch match_header(const Layout& layout, const HeaderRow& row) {
  HeaderMatch match;
  match.roles.assign(row.cells.size(), Role::ignored);
  std::vector<bool> taken(layout.columns.size(), false);
  for (std::size_t at = 0; at < row.cells.size(); ++at) {
    const std::string& key = row.keys[at];
    std::size_t column = 0;
    while (column < layout.columns.size() &&
           (taken[column] || std::ranges::count(layout.columns[column].keys, key) == 0)) {
      ++column;
    }
    if (column == layout.columns.size()) {
      match.unknown.push_back(at);
      continue;
    }
    taken[column] = true;
    match.roles[at] = layout.columns[column].role;
    if (!key.empty()) ++match.known;
  }
  for (std::size_t column = 0; column < layout.columns.size(); ++column) {
    const Column& wanted = layout.columns[column];
    if (!taken[column] && !wanted.optional) match.missing.push_back(column);
  }
  return match;
}

}  // namespace braid::files
