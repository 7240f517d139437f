#pragma once
#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/files/amount.hpp"
#include "adapters/files/date_form.hpp"
#include "adapters/files/text.hpp"

namespace braid::files {

/// Rows at the top of a file among which its header is sought; a layout may look at fewer, never at
/// more.
inline constexpr std::uint32_t max_header_row = 64;

/// What a column is. Several columns of one role are joined with " / " in the order of the file
/// (date, amount and list_date stand alone).
enum class Role : std::uint8_t {
  ignored,
  date,      ///< of the payment
  amount,    ///< net, in pounds
  supplier,  ///< name as published
  supplier_id,
  reference,     ///< the publisher's number of the transaction
  expense_type,  ///< what was bought
  expense_area,  ///< for which service
  body,          ///< which part of the publisher paid, or the publisher
  list_date,     ///< which list the row belongs to, the same in every row
  mark           ///< says that the row restates an earlier one (`Layout::restated_marks`)
};
inline constexpr std::size_t role_count = 11;

/// A role as layouts write it ("expense_type").
std::string_view name_of(Role role) noexcept;
std::optional<Role> role_named(std::string_view name) noexcept;

using RoleSet = std::bitset<role_count>;
inline RoleSet& operator|=(RoleSet& set, Role role) noexcept {
  return set.set(static_cast<std::size_t>(role));
}
inline bool has(const RoleSet& set, Role role) noexcept {
  return set[static_cast<std::size_t>(role)];
}

/// One column of a layout: the names it goes by in headers, what it is, whether a header may lack
/// it.
struct Column {
  std::vector<std::string> names;
  std::vector<std::string> keys;  ///< `header_key` of each name
  Role role = Role::ignored;
  bool optional = false;

  bool operator==(const Column&) const = default;
};

/// How one publisher (or one template that several follow) writes its spend lists. Read from a TOML
/// file
/// (`layouts/README.md` explains each key); a value, nothing in it changes afterwards.
struct Layout {
  std::string name;            ///< "devon"; unique in a book
  std::string publisher;       ///< default; empty where the lists name theirs
  std::string publisher_kind;  ///< "council" or "nhs"
  std::uint32_t header_within = 1;
  std::vector<Column> columns;
  std::vector<Encoding> encodings;  ///< tried in this order
  std::vector<DateForm> date_forms;
  std::optional<DateForm>
      preamble_month;  ///< the form in which a cell above the header states the month
  AmountForms amounts;
  RoleSet may_be_empty;                     ///< cells a payment row may lack
  RoleSet padding_lacks;                    ///< a row without any of these is padding
  RoleSet control_lacks;                    ///< a row with an amount but none of these is a total
  std::vector<std::string> control_labels;  ///< header_key form: "total", "grandtotal"
  std::vector<std::string>
      redaction_markers;                    ///< small letters, found anywhere in a supplier's name
  std::vector<std::string> restated_marks;  ///< header_key form, of the column with role mark

  bool operator==(const Layout&) const = default;
};

/// A header line seen through one layout.
struct HeaderMatch {
  std::vector<Role> roles;           ///< of each cell of the header
  std::vector<std::size_t> missing;  ///< places in `columns` that the header lacks
  std::vector<std::size_t> unknown;  ///< places in the header that the layout does not know
  std::size_t known = 0;             ///< cells with a name that are columns of the layout

  bool fits() const noexcept { return missing.empty() && unknown.empty() && known > 0; }
};

/// A row that may be a header, with the keys of its cells made once for all layouts. Empty cells at
/// its end are left out.
struct HeaderRow {
  explicit HeaderRow(const std::vector<std::string_view>& row);

  std::vector<std::string_view> cells;  ///< borrowed
  std::vector<std::string> keys;        ///< `header_key` of each
};

/// Compares by `header_key`, whatever the order of the columns. Two columns of one name are told
/// apart by their order.
HeaderMatch match_header(const Layout& layout, const HeaderRow& row);

}  // namespace braid::files
