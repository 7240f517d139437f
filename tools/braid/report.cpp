#include <algorithm>
#include <memory>

#include "tools/braid/commands.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/views.hpp"

namespace braid::cli {
namespace {

using projections::Report;
using projections::ReportKind;

struct Options {
  std::string name;
  std::string subject;
  std::string on;
  Format format = Format::table;
  bool list = false;
};

const ReportKind& report_named(const std::string& name) {
  std::string known;
  for (const auto& kind : projections::reports()) {
    if (kind.name == name) return kind;
    known += (known.empty() ? "" : ", ") + std::string(kind.name);
  }
  throw UsageError(name.empty() ? "which report? There are " + known
                                : "there is no report \"" + name + "\". There are " + known);
}

Exit list_reports(Format format) {
  const auto printer = make_printer(
      format, {"list", "reports", "", {{"report", false}, {"question", false}, {"heeds", false}}},
      stdout, line_width(stdout));
  for (const auto& kind : projections::reports())
    printer->row(std::vector{Cell::of_text(kind.name), Cell::of_text(kind.question),
                             Cell::of_text(kind.needs)});
  printer->end({}, {});
  return Exit::done;
}

/// Identifiers and tokens are long: people see their beginning.
bool is_code(const std::string& text) {
  constexpr std::size_t uuid_digits = 36, hash_digits = 64;
  return text.size() == hash_digits || text.size() == uuid_digits
             ? std::ranges::all_of(text,
                                   [](char c) {
                                     return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
                                            c == '-';
                                   })
             : false;
}

Cell cell_of(const projections::Cell& cell) {
  using Type = projections::Cell::Type;
  switch (cell.type) {
    case Type::text:
      return cell.text.empty()    ? Cell::none()
             : is_code(cell.text) ? Cell::of_code(cell.text)
                                  : Cell::of_text(cell.text);
    case Type::pence:
      return Cell::of_pence(cell.number);
    case Type::number:
      return Cell::of_number(cell.number);
    case Type::date:
      return Cell::of_day(static_cast<std::int32_t>(cell.number));
  }
  return Cell::none();
}

void print(const Report& report, const LedgerViews& views, Format format) {
  Sheet sheet{"report", report.name, report.title, {}};
  for (const auto& column : report.columns)
    sheet.headings.push_back({column.name, column.type == projections::Cell::Type::pence ||
                                               column.type == projections::Cell::Type::number});
  const auto printer = make_printer(format, std::move(sheet), stdout, line_width(stdout));
  for (const auto& row : report.rows) {
    std::vector<Cell> cells;
    for (const auto& cell : row) cells.push_back(cell_of(cell));
    printer->row(cells);
  }
  printer->end(report.remarks, views.positions());
}

projections::ReportQuestion question_of(const Options& options) {
  projections::ReportQuestion question{options.subject, std::nullopt};
  if (options.on.empty()) return question;
  const auto day = Date::from_text(options.on);
  if (!day) throw UsageError("--on: " + day.error());
  question.on = *day;
  return question;
}

Exit run(const Common& common, const Options& options) {
  if (options.list) return list_reports(options.format);
  const auto& kind = report_named(options.name);
  const auto question = question_of(options);
  const ReadingLedger reading(common.place(), ReadingLedger::Views::brought_up);
  const auto& ledger = reading.ledger();
  const LedgerViews views(ledger);
  print(kind.make(views.snapshot(), question), views, options.format);
  return Exit::done;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("NAME", options->name, "the report: joint-split, allocation ...");
  app.add_flag("--list", options->list, "names the reports, what each answers, and what it heeds");
  app.add_option("--subject", options->subject,
                 "only this budget, person, pool, fund ...; the beginning is enough");
  app.add_option("--on", options->on, "the day it is for: 2026-04-01");
  add_format_option(app, options->format);
  return [options, &common] { return run(common, *options); };
}

}  // namespace

const Command report_command = {
    .name = "report",
    .summary = "answers a question of finance or audit from the views",
    .example = "  braid report joint-split\n  braid report allocation --on 2022-03-31 --format csv",
    .declare = declare,
};

}  // namespace braid::cli
