#include "adapters/files/spend_list.hpp"

#include <algorithm>
#include <array>

#include "adapters/files/spend_form.hpp"
#include "adapters/files/spend_row.hpp"
#include "events/pence.hpp"

namespace braid::files {
namespace {

constexpr std::size_t month_slots =
    static_cast<std::size_t>(latest_list_year - earliest_list_year + 1) * 12;
/// January 2000, in months since 1970.
constexpr std::int32_t first_slot = (earliest_list_year - 1970) * 12;

/// Counts dates by month; the month with most of them wins, the later of two.
class MonthCount {
 public:
  void add(Date date) noexcept { ++counts_[slot_of(date)]; }

  std::optional<Month> most() const noexcept {
    std::size_t best = 0;
    for (std::size_t slot = 1; slot < month_slots; ++slot) {
      if (counts_[slot] >= counts_[best] && counts_[slot] > 0) best = slot;
    }
    if (counts_[best] == 0) return std::nullopt;
    return Month{first_slot + static_cast<std::int32_t>(best)};
  }

 private:
  static std::size_t slot_of(Date date) noexcept {
    return static_cast<std::size_t>(month_of(date).months - first_slot);
  }

  std::array<std::uint32_t, month_slots> counts_{};
};

/// Adds up a list row by row.
class Tally {
 public:
  Tally(const SpendSource& source, const SpendForm& form, const SpendOptions& options)
      : form_(form), options_(options) {
    list_.file = source.name;
    list_.layout = form.layout->name;
    list_.publisher = form.layout->publisher;
    list_.publisher_kind = form.layout->publisher_kind;
    list_.digest = sha256(source.bytes);
    list_.encoding = form.encoding;
    list_.header_line = form.header_line;
    list_.date_form = form.decided_date_form;
  }

  void payment(const RowReader& reader) {
    const SpendRow& row = reader.row();
    ++list_.rows;
    const bool credit = row.direction == Direction::credit;
    (credit ? list_.credited_pence : list_.paid_pence) += row.pence;
    list_.credits += credit ? 1 : 0;
    list_.zeros += row.pence == 0 ? 1 : 0;
    list_.rounded += reader.amount().rounded ? 1 : 0;
    list_.redacted += row.redacted ? 1 : 0;
    list_.restated += row.restated ? 1 : 0;
    if (list_.publisher.empty()) list_.publisher = row.body;
    if (const auto date = reader.list_date()) list_months_.add(*date);
    if (!row.date) {
      ++list_.undated;
      return;
    }
    payment_months_.add(*row.date);
    if (!list_.first_date || *row.date < *list_.first_date) list_.first_date = row.date;
    if (!list_.last_date || *row.date > *list_.last_date) list_.last_date = row.date;
  }

  void control(const Amount& amount, std::uint32_t line) {
    ++list_.control_rows;
    if (list_.controls.size() < max_control_totals) {
      list_.controls.push_back({.line = line,
                                .printed_pence = amount.negative ? -amount.pence : amount.pence,
                                .since_start_pence = list_.net_pence(),
                                .since_last_pence = list_.net_pence() - at_last_control_});
    }
    at_last_control_ = list_.net_pence();
  }

  SpendList& list() noexcept { return list_; }

  SpendList finish() && {
    const auto settle = [&](std::optional<Month> month, MonthSource source) {
      if (list_.month || !month) return;
      list_.month = month;
      list_.month_source = source;
    };
    settle(options_.month, MonthSource::told);
    settle(list_months_.most(), MonthSource::list_date_column);
    settle(form_.stated_month, MonthSource::preamble);
    settle(payment_months_.most(), MonthSource::most_payments);
    return std::move(list_);
  }

 private:
  const SpendForm& form_;
  const SpendOptions& options_;
  SpendList list_;
  MonthCount list_months_;
  MonthCount payment_months_;
  std::int64_t at_last_control_ = 0;
};

}  // namespace

tl::expected<SpendList, Problem> read_spend_list(const SpendSource& source, const LayoutBook& book,
                                                 const SpendOptions& options,
                                                 const OnSpendRow& on_row,
                                                 const OnBadRow& on_bad_row) {
  const auto form = recognise(source, book, options);
  if (!form) return tl::unexpected(form.error());
  Tally tally(source, *form, options);
  RowReader reader(*form);
  const auto bad = [&](const Problem& problem) {
    ++tally.list().bad_rows;
    if (on_bad_row) on_bad_row(problem);
  };
  CsvRows rows(form->text, form->first_row);
  for (auto step = rows.next(); step != CsvRows::Step::end; step = rows.next()) {
    if (step >= CsvRows::Step::long_row)
      return tl::unexpected(broken_csv(step, source.name, rows.line()));
    if (tally.list().rows == max_list_rows) {
      return tl::unexpected(
          reader.whole_row(rows.line(), "the list has more than 5,000,000 payments", "split it"));
    }
    if (step == CsvRows::Step::blank_line) {
      ++tally.list().blank_rows;
      continue;
    }
    if (step == CsvRows::Step::stray_quote) {
      bad(reader.whole_row(rows.line(), "there is a quote in the middle of a cell",
                           "double it and put the cell in quotes"));
      continue;
    }
    if (step == CsvRows::Step::many_cells) {
      bad(reader.whole_row(rows.line(), "the row has more than 256 cells",
                           "look for a line end that is missing"));
      continue;
    }
    switch (reader.read(rows.cells(), rows.line())) {
      case RowKind::payment:
        tally.payment(reader);
        if (on_row) on_row(reader.row());
        break;
      case RowKind::blank:
        ++tally.list().blank_rows;
        break;
      case RowKind::padding:
        ++tally.list().padding_rows;
        break;
      case RowKind::control:
        tally.control(reader.amount(), rows.line());
        break;
      case RowKind::bad:
        bad(reader.problem());
        break;
    }
  }
  return std::move(tally).finish();
}

tl::expected<SpendContents, Problem> read_spend_contents(const SpendSource& source,
                                                         const LayoutBook& book,
                                                         const SpendOptions& options) {
  SpendContents contents;
  auto list = read_spend_list(
      source, book, options, [&](const SpendRow& row) { contents.rows.push_back(row); },
      [&](const Problem& problem) {
        if (contents.bad_rows.size() < max_bad_rows_kept) contents.bad_rows.push_back(problem);
      });
  if (!list) return tl::unexpected(list.error());
  contents.list = std::move(*list);
  return contents;
}

std::vector<std::string> warnings(const SpendList& list) {
  std::vector<std::string> all;
  for (const ControlTotal& total : list.controls) {
    if (total.ties()) continue;
    all.push_back(list.file + ", line " + std::to_string(total.line) + ": the printed total is " +
                  format_pounds(total.printed_pence) + ", the payments above it add up to " +
                  format_pounds(total.since_start_pence) + "; ask the publisher which is right");
  }
  if (list.undated > 0 && list.first_date) {
    all.push_back(list.file + ": " + std::to_string(list.undated) + " of " +
                  std::to_string(list.rows) + " payments have no date");
  }
  return all;
}

}  // namespace braid::files
