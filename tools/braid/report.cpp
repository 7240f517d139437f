#include "tools/braid/report.hpp"

#include <algorithm>
#include <memory>

#include "projections/worker.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/evidence_sources.hpp"
#include "tools/braid/output/sheet.hpp"
#include "tools/braid/reading_ledger.hpp"

namespace braid::cli {
namespace {

using projections::Report;
using projections::ReportKind;

const ReportKind& report_named(const std::string& name) {
  std::string known;
  for (const auto& kind : projections::reports()) {
    if (kind.name == name) return kind;
    known += (known.empty() ? "" : ", ") + std::string(kind.name);
  }
  throw UsageError(name.empty() ? "which report? There are " + known
                                : "there is no report \"" + name + "\". There are " + known);
}

void list_reports(Format format) {
  const auto printer = make_printer(
      format, {"list", "reports", "", {{"report", false}, {"question", false}, {"heeds", false}}},
      stdout, line_width(stdout));
  for (const auto& kind : projections::reports())
    printer->row(std::vector{Cell::of_text(kind.name), Cell::of_text(kind.question),
                             Cell::of_text(kind.needs)});
  printer->end({}, {});
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

projections::ReportQuestion question_of(const ReportOptions& options) {
  projections::ReportQuestion question{options.subject, std::nullopt};
  if (options.on.empty()) return question;
  const auto day = Date::from_text(options.on);
  if (!day) throw UsageError("--on: " + day.error());
  question.on = *day;
  return question;
}

/// What the views stand on: the last checkpoints shown, and, where asked for, the rows' digests.
std::vector<Position> stated_positions(const Ledger& ledger, const LedgerViews& views,
                                       bool digest) {
  auto positions = views.positions();
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const auto& partition = *views.partitions()[i];
    if (const auto shown = live_checkpoint(ledger, partition.partition)) {
      positions[i].checkpoint_size = shown->checkpoint.size;
      positions[i].checkpoint_root = shown->checkpoint.root.hex();
    }
    if (digest) positions[i].digest = projections::views_digest(partition.rows).hex();
  }
  return positions;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<ReportOptions>();
  add_report_options(app, *options);
  return [options, &common] {
    if (answered_without_rows(*options)) return Exit::done;
    const ReadingLedger reading(common.place(), ReadingLedger::Views::brought_up);
    show_report(reading.ledger(), LedgerViews(reading.ledger()), *options);
    return Exit::done;
  };
}

}  // namespace

void add_report_options(CLI::App& app, ReportOptions& options) {
  app.add_option("NAME", options.name, "the report: joint-split, allocation ...");
  app.add_flag("--list", options.list, "names the reports, what each answers, and what it heeds");
  app.add_option("--subject", options.subject,
                 "only this budget, person, pool, fund ...; the beginning is enough");
  app.add_option("--on", options.on, "the day it is for: 2026-04-01");
  app.add_flag("--digest", options.digest,
               "state the digest of the views' rows too; it reads all of them");
  app.add_flag("--bare", options.bare, "rows and positions alone, without the statement by which "
               "`braid audit report` makes it again");
  add_format_option(app, options.format);
}

bool answered_without_rows(const ReportOptions& options) {
  if (!options.list) {
    report_named(options.name);
    question_of(options);
    return false;
  }
  list_reports(options.format);
  return true;
}

Report make_report(const projections::ViewsSnapshot& views, const ReportOptions& options) {
  return report_named(options.name).make(views, question_of(options));
}

void show_report(const Ledger& ledger, const LedgerViews& views, const ReportOptions& options) {
  const auto report = make_report(views.snapshot(), options);
  if (options.bare) {
    print_report(report, {}, views.positions(), options.format, stdout);
    return;
  }
  const Statement statement{ledger.founding.name, options.name, options.subject, options.on,
                            views_version()};
  print_report(report, statement, stated_positions(ledger, views, options.digest), options.format,
               stdout);
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

std::string views_version() { return sha256(as_bytes(projections::views_stamp())).hex(); }

void print_report(const Report& report, const std::optional<Statement>& statement,
                  std::span<const Position> positions, Format format, std::FILE* out,
                  std::FILE* beside) {
  Sheet sheet{"report", report.name, report.title, {}, statement};
  for (const auto& column : report.columns)
    sheet.headings.push_back({column.name, column.type == projections::Cell::Type::pence ||
                                               column.type == projections::Cell::Type::number});
  const auto printer = make_printer(format, std::move(sheet), out, line_width(out), beside);
  for (const auto& row : report.rows) {
    std::vector<Cell> cells;
    for (const auto& cell : row) cells.push_back(cell_of(cell));
    printer->row(cells);
  }
  printer->end(report.remarks, positions);
}

const Command report_command = {
    .name = "report",
    .summary = "answers a question of finance or audit from the views",
    .example = "  braid report joint-split\n  braid report allocation --on 2022-03-31 --format csv",
    .declare = declare,
};

}  // namespace braid::cli
