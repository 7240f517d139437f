#include "adapters/files/spend_form.hpp"

#include <algorithm>
#include <array>

namespace braid::files {
namespace {

constexpr std::size_t max_names_shown = 8;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

tl::unexpected<Problem> no(std::string_view file, std::uint32_t line, std::string reason,
                           std::string remedy) {
  Problem problem;
  problem.file = file;
  problem.line = line;
  problem.reason = std::move(reason);
  problem.remedy = std::move(remedy);
  return tl::unexpected(std::move(problem));
}

std::uint32_t line_at(std::string_view text, std::size_t offset) noexcept {
  return static_cast<std::uint32_t>(
             std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n')) +
         1;
}

/// Tells what a file is that is no text, by how it begins.
tl::expected<void, Problem> check_text(std::string_view file, std::string_view text) {
  constexpr auto as_csv = "open it in a spreadsheet and save the sheet as CSV (UTF-8)";
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> beginnings = {{
      {"PK\x03\x04", "this is a workbook or an archive (ZIP), not CSV"},
      {"\xD0\xCF\x11\xE0", "this is an old workbook (XLS), not CSV"},
      {"%PDF", "this is a PDF, not CSV"},
      {"\xFF\xFE", "this is UTF-16, which lists are not read in"},
      {"\xFE\xFF", "this is UTF-16, which lists are not read in"},
  }};
  if (text.size() > max_list_bytes)
    return no(file, 0, "the file is larger than 512 MiB", "split it");
  for (const auto& [beginning, what] : beginnings) {
    if (text.starts_with(beginning)) return no(file, 1, std::string(what), as_csv);
  }
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return no(file, 0, "the file is empty", "download it again");
  if (text[start] == '<')
    return no(file, 1, "this is XML or a web page, not CSV", "download the list itself");
  if (text[start] == '{' || text[start] == '[')
    return no(file, 1, "this is JSON, not CSV", "download the list as CSV");
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return no(file, line_at(text, nul), "there is a zero byte: this is not text", as_csv);
  }
  return {};
}

tl::expected<Encoding, Problem> decide_encoding(std::string_view file, std::string_view text,
                                                bool marked, const Layout& layout) {
  constexpr auto remedy = "save the list again as UTF-8";
  const auto not_utf8 = first_invalid_utf8(text);
  if (marked && not_utf8) {
    return no(file, line_at(text, *not_utf8),
              "there is a byte that is not UTF-8, although the file begins with the mark of UTF-8",
              remedy);
  }
  if (marked) return Encoding::utf8;
  if (!not_utf8 && is_ascii(text)) return Encoding::ascii;
  std::size_t first_bad = 0;
  for (const Encoding encoding : layout.encodings) {
    const auto bad =
        encoding == Encoding::windows1252 ? first_undefined_windows1252(text) : not_utf8;
    if (!bad) return encoding;
    first_bad = *bad;
  }
  return no(file, line_at(text, first_bad),
            "there is a byte that is in none of the encodings of layout '" + layout.name + "'",
            remedy);
}

std::string listed(const std::vector<std::string>& names) {
  std::string all;
  for (std::size_t at = 0; at < names.size() && at < max_names_shown; ++at) {
    all += (all.empty() ? "'" : ", '") + names[at] + "'";
  }
  return names.size() > max_names_shown
             ? all + " and " + std::to_string(names.size() - max_names_shown) + " more"
             : all;
}

/// The line and layout that came nearest to being a header.
struct Nearest {
  const Layout* layout = nullptr;
  HeaderMatch match;
  std::vector<std::string> cells;
  std::uint32_t line = 0;

  void consider(const Layout& candidate, HeaderMatch found, const HeaderRow& row,
                std::uint32_t at) {
    const auto score = [](const HeaderMatch& m) {
      return 2 * static_cast<std::ptrdiff_t>(m.known) - std::ssize(m.missing) -
             std::ssize(m.unknown);
    };
    if (found.known == 0 || (layout != nullptr && score(found) <= score(match))) return;
    layout = &candidate;
    match = std::move(found);
    line = at;
    cells.clear();
    for (const std::string_view cell : row.cells) cells.push_back(shown(cell));
  }

  tl::unexpected<Problem> problem(std::string_view file) const {
    if (layout == nullptr) {  // then no line is shown: it could be a row that names somebody
      return no(file, 1, "none of the first 64 rows has a column name of any known layout",
                "check that this is a spend list with its header, and add a layout for it if so");
    }
    std::string reason = "no known layout has this header: " + listed(cells) +
                         "; the nearest is '" + layout->name + "'";
    std::vector<std::string> missing;
    for (const std::size_t column : match.missing) {
      missing.push_back(layout->columns[column].names.front());
    }
    std::vector<std::string> unknown;
    for (const std::size_t cell : match.unknown) unknown.push_back(cells[cell]);
    if (!missing.empty()) reason += ", which also has " + listed(missing);
    if (!unknown.empty()) reason += ", which does not have " + listed(unknown);
    if (match.fits()) reason += ", which expects its header further up";
    return no(file, line, std::move(reason),
              "add the names to that layout, or a layout of its own (a copy with another name)");
  }
};

/// Finds header and layout; fills those parts of the form.
tl::expected<SpendForm, Problem> find_header(const SpendSource& source, std::string_view text,
                                             const LayoutBook& book, const SpendOptions& options) {
  SpendForm form;
  form.file = source.name;
  form.text = text;
  Nearest nearest;
  std::vector<std::string> preamble;
  CsvRows rows(text);
  for (std::uint32_t row = 1; row <= max_header_row; ++row) {
    const auto step = rows.next();
    if (step == CsvRows::Step::end) break;
    if (step >= CsvRows::Step::long_row)
      return tl::unexpected(broken_csv(step, source.name, rows.line()));
    const HeaderRow header(rows.cells());
    for (const Layout& layout : book.layouts()) {
      if (!options.layout.empty() && layout.name != options.layout) continue;
      auto match = match_header(layout, header);
      if (!match.fits() || row > layout.header_within) {
        nearest.consider(layout, std::move(match), header, rows.line());
        continue;
      }
      if (form.layout != nullptr) {
        return no(source.name, rows.line(),
                  "the layouts '" + form.layout->name + "' and '" + layout.name +
                      "' both have this header",
                  "name the layout to take");
      }
      form.layout = &layout;
      form.roles = std::move(match.roles);
    }
    if (form.layout != nullptr) {
      form.header_line = rows.line();
      form.first_row = rows.position();
      for (const std::string_view cell : header.cells) form.names.push_back(shown(cell));
      break;
    }
    for (const std::string_view cell : rows.cells()) preamble.push_back(shown(cell));
  }
  if (form.layout == nullptr) return nearest.problem(source.name);
  for (const std::string& cell : preamble) {
    if (form.layout->preamble_month && !form.stated_month)
      form.stated_month = form.layout->preamble_month->read_month(cell);
  }
  return form;
}

/// Walks the dates of the whole file, where the layout leaves day and month open.
tl::expected<void, Problem> decide_date_order(SpendForm& form, const SpendOptions& options) {
  form.date_forms = form.layout->date_forms;
  auto& forms = form.date_forms;
  for (auto first = forms.begin(); first != forms.end(); ++first) {
    const auto second = std::find_if(first + 1, forms.end(),
                                     [&](const DateForm& other) { return first->mirrors(other); });
    if (second == forms.end()) continue;
    const DateForm* chosen = nullptr;
    if (options.date_order) {
      chosen =
          first->day_first() == (*options.date_order == DateOrder::day_first) ? &*first : &*second;
    } else {
      DateOrderVote vote(*first, *second);
      const auto column =
          static_cast<std::size_t>(std::ranges::find(form.roles, Role::date) - form.roles.begin());
      CsvRows rows(form.text, form.first_row);
      for (auto step = rows.next(); step < CsvRows::Step::long_row && step != CsvRows::Step::end;
           step = rows.next()) {
        if (column < rows.cells().size()) vote.add(rows.cells()[column], rows.line());
      }
      auto decided = vote.decide();
      if (!decided) {
        decided.error().file = form.file;
        return tl::unexpected(decided.error());
      }
      chosen = *decided;
    }
    form.decided_date_form = chosen->pattern();
    forms.erase(chosen == &*first ? second : first);
    return {};
  }
  return {};
}

}  // namespace

Problem broken_csv(CsvRows::Step step, std::string_view file, std::uint32_t line) {
  Problem problem;
  problem.file = file;
  problem.line = line;
  if (step == CsvRows::Step::open_quote) {
    problem.reason =
        "a quote opened in the row that begins here is not closed within 64 KiB or by the end of "
        "the file";
    problem.remedy = "download the list again (it may be cut short), or close the quote";
  } else if (step == CsvRows::Step::lone_return) {
    problem.reason = "there is a carriage return in the middle of the line";
    problem.remedy = "save the list again, with one kind of line end";
  } else {
    problem.reason = "the row is longer than 64 KiB";
    problem.remedy = "check that this is CSV with one payment a line";
  }
  return problem;
}

tl::expected<SpendForm, Problem> recognise(const SpendSource& source, const LayoutBook& book,
                                           const SpendOptions& options) {
  std::string_view text = as_text(source.bytes);
  if (auto checked = check_text(source.name, text); !checked)
    return tl::unexpected(checked.error());
  const bool marked = text.starts_with(byte_order_mark);
  if (marked) text.remove_prefix(byte_order_mark.size());
  if (!options.layout.empty() && book.named(options.layout) == nullptr) {
    return no(source.name, 0, "there is no layout named '" + shown(options.layout) + "'",
              "name a known one");
  }
  auto form = find_header(source, text, book, options);
  if (!form) return form;
  const auto encoding = decide_encoding(source.name, text, marked, *form->layout);
  if (!encoding) return tl::unexpected(encoding.error());
  form->encoding = *encoding;
  if (auto decided = decide_date_order(*form, options); !decided)
    return tl::unexpected(decided.error());
  return form;
}

}  // namespace braid::files
