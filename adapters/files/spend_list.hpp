#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "adapters/files/date_form.hpp"
#include "adapters/files/date_order.hpp"
#include "adapters/files/layout_book.hpp"
#include "adapters/files/problem.hpp"
#include "adapters/files/text.hpp"
#include "events/bytes.hpp"
#include "events/digest.hpp"

namespace braid::files {

inline constexpr std::size_t max_list_bytes = std::size_t{512} * 1024 * 1024;
inline constexpr std::uint64_t max_list_rows = 5'000'000;
/// In one cell that a role uses; the text fields of events are shorter still.
inline constexpr std::size_t max_cell_bytes = 4096;
/// Bad rows kept in SpendContents; more are counted only.
inline constexpr std::size_t max_bad_rows_kept = 1000;
/// Printed totals kept in a SpendList; more are counted only.
inline constexpr std::size_t max_control_totals = 1000;
static_assert(max_list_rows <= INT64_MAX / max_amount_pence, "the totals of a list fit 64 bits");

/// Which way the money went: to the supplier, or back (a negative amount as published).
enum class Direction { paid, credit };

/// One payment as published. Text is UTF-8 on one line, as published but for blanks around it;
/// empty where the row or the layout has none. Rows that are equal are so in fact (one invoice
/// split over lines): `line` tells them apart.
struct SpendRow {
  std::uint32_t line = 0;  ///< in the file, from 1: the first line of the row
  std::optional<Date> date;
  std::string reference;
  std::string expense_type;
  std::string expense_area;
  std::string supplier;  ///< personal data, perhaps
  std::string supplier_id;
  std::string body;        ///< which part of the publisher paid
  std::int64_t pence = 0;  ///< never negative; may be 0
  Direction direction = Direction::paid;
  bool redacted = false;  ///< the publisher has replaced the name
  bool restated = false;  ///< carries the layout's mark of a row that restates an earlier one

  bool operator==(const SpendRow&) const = default;
};

/// A total that the file prints. It ties when it equals the sum of the payments above it, all or
/// those since the last total.
struct ControlTotal {
  std::uint32_t line = 0;
  std::int64_t printed_pence = 0;
  std::int64_t since_start_pence = 0;
  std::int64_t since_last_pence = 0;

  bool ties() const noexcept {
    return printed_pence == since_start_pence || printed_pence == since_last_pence;
  }
  bool operator==(const ControlTotal&) const = default;
};

/// How it is known for which month a list was published, the surest first.
enum class MonthSource { told, list_date_column, preamble, most_payments, unknown };

/// What a list is, apart from its rows.
struct SpendList {
  std::string file;
  std::string layout;
  std::string publisher;       ///< the layout's, else the body of the first row
  std::string publisher_kind;  ///< "council" or "nhs"
  Digest digest;               ///< SHA-256 of the file
  Encoding encoding = Encoding::ascii;
  std::uint32_t header_line = 0;
  std::string date_form;  ///< decided for the file, where the layout declares a form and its mirror

  /// The month the list is for: a list of the same publisher and month published later restates it.
  /// Not the dates of its payments, which may be months older.
  std::optional<Month> month;
  MonthSource month_source = MonthSource::unknown;
  std::optional<Date> first_date;
  std::optional<Date> last_date;

  std::uint64_t rows = 0;  ///< payments
  std::int64_t paid_pence = 0;
  std::int64_t credited_pence = 0;
  std::uint64_t credits = 0;
  std::uint64_t zeros = 0;    ///< amounts of 0 pence
  std::uint64_t rounded = 0;  ///< amounts that had more than two decimals
  std::uint64_t undated = 0;
  std::uint64_t redacted = 0;
  std::uint64_t restated = 0;

  std::uint64_t blank_rows = 0;
  std::uint64_t padding_rows = 0;
  std::uint64_t control_rows = 0;
  std::vector<ControlTotal> controls;
  std::uint64_t bad_rows = 0;  ///< in no count above

  std::int64_t net_pence() const noexcept { return paid_pence - credited_pence; }
};

/// What a person should know before the list is taken over: totals that do not tie, payments
/// without a date.
std::vector<std::string> warnings(const SpendList& list);

/// A file's bytes with the name it goes by in problems. Borrows both.
struct SpendSource {
  std::string_view name;
  Bytes bytes;
};

struct SpendOptions {
  std::string layout = {};  ///< take this one; empty: find it by the header
  std::optional<DateOrder> date_order =
      {};  ///< for layouts with mirrored date forms; empty: the file decides
  std::optional<Month> month = {};  ///< the month the list is for; empty: the file decides
};

using OnSpendRow = std::function<void(const SpendRow&)>;
using OnBadRow = std::function<void(const Problem&)>;

/// Reads a spend list: finds its layout by the header, its encoding, its order of day and month,
/// then hands over each row (valid during the call, its strings are reused) and each bad row as it
/// comes. Memory does not grow with the list, time is linear. Rows handed over before a problem
/// with the whole file are void, so read once without `on_row` to know that the list is sound and
/// what it adds up to, then again for the rows: the same bytes give the same answer. Empty
/// functions are not called. What they throw passes through.
tl::expected<SpendList, Problem> read_spend_list(const SpendSource& source, const LayoutBook& book,
                                                 const SpendOptions& options,
                                                 const OnSpendRow& on_row,
                                                 const OnBadRow& on_bad_row);

/// A list with its rows in memory, for small lists and tests.
struct SpendContents {
  SpendList list;
  std::vector<SpendRow> rows;
  std::vector<Problem> bad_rows;  ///< the first `max_bad_rows_kept`
};
tl::expected<SpendContents, Problem> read_spend_contents(const SpendSource& source,
                                                         const LayoutBook& book,
                                                         const SpendOptions& options = {});

}  // namespace braid::files
