#include <memory>

#include "projections/schema/views.rows.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/unseal.hpp"
#include "tools/braid/view_query.hpp"

namespace braid::cli {
namespace {

struct Options {
  ViewQuery query;
  std::string on;
  Format format = Format::table;
  bool list = false;
  bool describe = false;
  bool unseal = false;
};

Exit list_views(Format format) {
  const auto printer =
      make_printer(format, {"list", "views", "", {{"view", false}, {"meaning", false}}}, stdout,
                   line_width(stdout));
  for (const auto& table : projections::views_tables())
    printer->row(std::vector{Cell::of_text(table.name), Cell::of_text(table.meaning)});
  printer->end({}, {});
  return Exit::done;
}

Exit describe_view(const Options& options) {
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
  return Exit::done;
}

Date day_of(const std::string& on, std::string_view view) {
  if (on.empty()) return date_of(Instant{now_us()});
  if (view != "deadlines")
    throw UsageError("--on says on which day deadlines are judged; the view " + std::string(view) +
                     " has none");
  const auto day = Date::from_text(on);
  if (!day) throw UsageError("--on: " + day.error());
  return *day;
}

Exit run(const Common& common, Options& options) {
  if (options.list) return list_views(options.format);
  if (options.query.name.empty()) throw UsageError("which view? `braid view --list` names them");
  if (options.describe) return describe_view(options);
  options.query.on = day_of(options.on, view_named(options.query.name).name);
  const ReadingLedger reading(common.place(), ReadingLedger::Views::brought_up);
  const auto& ledger = reading.ledger();
  const LedgerViews views(ledger);
  const auto unsealer = options.unseal ? unsealer_of(ledger) : Unsealer{};
  print_view(views, options.query, unsealer, options.format, stdout);
  return Exit::done;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("NAME", options->query.name, "the view: health, social_care, joint_budget ...");
  app.add_flag("--list", options->list, "names the views and says what each holds");
  app.add_flag("--columns", options->describe, "names the view's columns and says what each means");
  app.add_option("--where", options->query.where,
                 "column=value; of identifiers the first eight digits are enough")
      ->take_all()
      ->expected(1);
  app.add_option("--show", options->query.columns, "only these columns, in this order: a,b,c")
      ->delimiter(',');
  app.add_option("--on", options->on,
                 "deadlines only: as they stand on this day (2026-04-01; today)");
  app.add_option("--limit", options->query.limit, "rows at most");
  app.add_flag("--unseal", options->unseal,
               "opens sealed names of suppliers; needs the ledger's vault and its key. What is "
               "sealed about people: braid vault open");
  add_format_option(app, options->format);
  return [options, &common] { return run(common, *options); };
}

}  // namespace

const Command view_command = {
    .name = "view",
    .summary = "shows the rows of a view, as of now, while others write",
    .example =
        "  braid view social_care --where organisation=WMC --show budget,method,agreed,paid\n"
        "  braid view deadlines --on 2022-06-30 --where status=overdue --format csv",
    .declare = declare,
};

}  // namespace braid::cli
