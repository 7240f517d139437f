#include "tools/braid/view.hpp"

#include <memory>

#include "projections/schema/views.rows.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/unseal.hpp"

namespace braid::cli {
namespace {

void list_views(Format format) {
  const auto printer =
      make_printer(format, {"list", "views", "", {{"view", false}, {"meaning", false}}}, stdout,
                   line_width(stdout));
  for (const auto& table : projections::views_tables())
    printer->row(std::vector{Cell::of_text(table.name), Cell::of_text(table.meaning)});
  printer->end({}, {});
}

void describe_view(const ViewOptions& options) {
  const auto& table = view_named(options.query.name);
  const ViewReader reader(table);
  const auto printer =
      make_printer(options.format,
                   {"columns",
                    std::string(table.name),
                    std::string(table.meaning),
                    {{"column", false}, {"holds", false}, {"key", true}, {"meaning", false}}},
                   stdout, line_width(stdout));
  for (const auto& column : reader.columns())
    printer->row(
        std::vector{Cell::of_text(column.name), Cell::of_text(kind_of(column)),
                    column.key_order ? Cell::of_number(*column.key_order + 1) : Cell::none(),
                    Cell::of_text(column.meaning)});
  printer->end({}, {});
}

Date day_of(const std::string& on, std::string_view view, Date today) {
  if (on.empty()) return today;
  if (view != "deadlines")
    throw UsageError("--on says on which day deadlines are judged; the view " + std::string(view) +
                     " has none");
  const auto day = Date::from_text(on);
  if (!day) throw UsageError("--on: " + day.error());
  return *day;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<ViewOptions>();
  add_view_options(app, *options);
  return [options, &common] {
    if (answered_without_rows(*options, date_of(Instant{now_us()}))) return Exit::done;
    const ReadingLedger reading(common.place(), ReadingLedger::Views::brought_up);
    show_view(reading.ledger(), LedgerViews(reading.ledger()), *options);
    return Exit::done;
  };
}

}  // namespace

void add_view_options(CLI::App& app, ViewOptions& options) {
  app.add_option("NAME", options.query.name, "the view: health, social_care, joint_budget ...");
  app.add_flag("--list", options.list, "names the views and says what each holds");
  app.add_flag("--columns", options.describe, "names the view's columns and says what each means");
  app.add_option("--where", options.query.where,
                 "column=value; of identifiers the first eight digits are enough")
      ->take_all()
      ->expected(1);
  app.add_option("--show", options.query.columns, "only these columns, in this order: a,b,c")
      ->delimiter(',');
  app.add_option("--on", options.on,
                 "deadlines only: as they stand on this day (2026-04-01; today)");
  app.add_option("--limit", options.query.limit, "rows at most");
  app.add_flag("--unseal", options.unseal,
               "opens sealed names of suppliers; needs the ledger's vault and its key. What is "
               "sealed about people: braid vault open");
  add_format_option(app, options.format);
}

bool answered_without_rows(ViewOptions& options, Date today) {
  if (options.list) {
    list_views(options.format);
    return true;
  }
  if (options.query.name.empty()) throw UsageError("which view? `braid view --list` names them");
  if (options.describe) {
    describe_view(options);
    return true;
  }
  options.query.on = day_of(options.on, view_named(options.query.name).name, today);
  return false;
}

void show_view(const Ledger& ledger, const LedgerViews& views, const ViewOptions& options) {
  const auto unsealer = options.unseal ? unsealer_of(ledger) : Unsealer{};
  print_view(views, options.query, unsealer, options.format, stdout);
}

const Command view_command = {
    .name = "view",
    .summary = "shows the rows of a view, as of now, while others write",
    .example =
        "  braid view social_care --where organisation=WMC --show budget,method,agreed,paid\n"
        "  braid view deadlines --on 2022-06-30 --where status=overdue --format csv",
    .declare = declare,
};

}  // namespace braid::cli
