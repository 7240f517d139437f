#include "adapters/files/layout_toml.hpp"

#include <algorithm>
#include <array>

#include "adapters/files/toml_reader.hpp"

namespace braid::files {
namespace {

constexpr std::size_t max_columns = 256;

void read_encodings(TomlReader& reader, const toml::table& table, Layout& layout) {
  for (const auto& [text, node] : reader.texts(table, "encodings", true)) {
    if (text == "utf-8") {
      layout.encodings.push_back(Encoding::utf8);
    } else if (text == "windows-1252") {
      layout.encodings.push_back(Encoding::windows1252);
    } else {
      reader.fail(node, "unknown encoding '" + text + "'", "use utf-8 or windows-1252");
    }
  }
}

void read_date_forms(TomlReader& reader, const toml::table& table, Layout& layout) {
  constexpr auto remedy = "write a pattern like dd/mm/yyyy, yyyy-mm-dd hh:mi:ss or dd-Mmm-yy";
  for (const auto& [text, node] : reader.texts(table, "date_forms", false)) {
    const auto form = DateForm::from_pattern(text);
    if (form && form->has_day()) {
      layout.date_forms.push_back(*form);
    } else {
      reader.fail(node, "'" + text + "' is no pattern of a date", remedy);
    }
  }
  std::size_t mirrored = 0;
  for (std::size_t a = 0; a < layout.date_forms.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b)
      mirrored += layout.date_forms[a].mirrors(layout.date_forms[b]) ? 1 : 0;
  }
  if (mirrored > 1)
    reader.fail(table.get("date_forms"),
                "more than one pair of forms differs in the order of day and month only",
                "keep one pair; part the others into a layout of their own");
  for (const auto& [text, node] : reader.texts(table, "preamble_month", false)) {
    layout.preamble_month = DateForm::from_pattern(text);
    if (!layout.preamble_month || layout.preamble_month->has_day()) {
      reader.fail(node, "'" + text + "' is no pattern of a month", "write a pattern like Mmm-yy");
    }
  }
}

void read_amount_forms(TomlReader& reader, const toml::table& table, Layout& layout) {
  AmountForms& forms = layout.amounts;
  const std::array<std::pair<std::string_view, bool*>, 5> known = {{{"minus", &forms.minus},
                                                                    {"brackets", &forms.brackets},
                                                                    {"thousands", &forms.thousands},
                                                                    {"pound", &forms.pound},
                                                                    {"noise", &forms.noise}}};
  for (const auto& [text, node] : reader.texts(table, "amount_forms", true)) {
    const auto* const form = std::ranges::find(known, text, [](const auto& f) { return f.first; });
    if (form == known.end()) {
      reader.fail(node, "unknown form '" + text + "' of an amount",
                  "use minus, brackets, thousands, pound or noise");
    } else {
      *form->second = true;
    }
  }
}

RoleSet read_roles(TomlReader& reader, const toml::table& table, std::string_view key,
                   bool required) {
  RoleSet roles;
  for (const auto& [text, node] : reader.texts(table, key, required)) {
    if (const auto role = role_named(text)) {
      roles |= *role;
    } else {
      reader.fail(node, "unknown role '" + text + "' in '" + std::string(key) + "'",
                  "use the roles of the columns");
    }
  }
  return roles;
}

std::vector<std::string> read_keys(TomlReader& reader, const toml::table& table,
                                   std::string_view key, bool required) {
  std::vector<std::string> keys;
  for (const auto& [text, node] : reader.texts(table, key, required)) {
    keys.push_back(header_key(text));
    if (keys.back().empty())
      reader.fail(node, "an empty text in '" + std::string(key) + "'", "leave it out");
  }
  return keys;
}

Column read_column(TomlReader& reader, const toml::table& table) {
  reader.only(table, {"names", "is", "optional"});
  Column column;
  for (auto& [text, node] : reader.texts(table, "names", true)) {
    column.keys.push_back(header_key(text));
    column.names.push_back(std::move(text));
  }
  if (column.names.empty())
    reader.fail(&table, "a column without a name", "give it names, as the header has them");
  if (const std::string is = reader.text(table, "is", false); !is.empty()) {
    const auto role = role_named(is);
    if (!role)
      reader.fail(table.get("is"), "unknown role '" + is + "'",
                  "use one of the roles in layouts/README.md");
    column.role = role.value_or(Role::ignored);
  }
  if (const toml::node* optional = table.get("optional")) {
    const auto value = optional->value<bool>();
    if (!value) reader.fail(optional, "'optional' is not true or false", "write true or false");
    column.optional = value.value_or(false);
  }
  return column;
}

/// Two columns may share a name only if both are needed: else a header could be read in two ways.
bool clash(const Column& a, const Column& b) {
  const bool share = std::ranges::any_of(
      a.keys, [&](const auto& key) { return std::ranges::count(b.keys, key) != 0; });
  return share && (a.optional || b.optional || a.keys != b.keys);
}

void read_columns(TomlReader& reader, const toml::table& table, Layout& layout) {
  const toml::array* list = table["columns"].as_array();
  if (list == nullptr || list->empty() || list->size() > max_columns) {
    reader.fail(&table, "'columns' is not a list of 1 to 256 columns",
                "list each column of the header");
    return;
  }
  for (const toml::node& item : *list) {
    const toml::table* column = item.as_table();
    if (column == nullptr) {
      reader.fail(&item, "a column is not a table", "write { names = \"...\", is = \"...\" }");
      return;
    }
    layout.columns.push_back(read_column(reader, *column));
    for (std::size_t other = 0; other + 1 < layout.columns.size(); ++other) {
      if (clash(layout.columns[other], layout.columns.back())) {
        reader.fail(&item,
                    "two columns share the name '" + layout.columns.back().names.front() + "'",
                    "give columns of one name the same names, none of them optional");
      }
    }
  }
  const auto count = [&](Role role) {
    return std::ranges::count(layout.columns, role, &Column::role);
  };
  for (const Role role : {Role::amount, Role::supplier}) {
    if (count(role) == 0)
      reader.fail(list, "no column is the " + std::string(name_of(role)), "say which one is");
  }
  for (const Role role : {Role::amount, Role::date, Role::list_date, Role::mark}) {
    if (count(role) > 1)
      reader.fail(list, "more than one column is the " + std::string(name_of(role)), "keep one");
  }
  if (count(Role::date) + count(Role::list_date) > 0 && layout.date_forms.empty()) {
    reader.fail(list, "there is a column of dates, but no form of a date", "add date_forms");
  }
}

void read_rows(TomlReader& reader, const toml::table& table, Layout& layout) {
  const toml::table* rows = table["rows"].as_table();
  if (rows == nullptr) {
    reader.fail(&table, "'[rows]' is missing",
                "say how padding and totals are told apart: layouts/README.md");
    return;
  }
  reader.only(*rows, {"padding_lacks", "control_lacks", "control_labels", "restated_marks",
                      "may_be_empty"});
  layout.padding_lacks = read_roles(reader, *rows, "padding_lacks", true);
  layout.control_lacks = read_roles(reader, *rows, "control_lacks", true);
  layout.control_labels = read_keys(reader, *rows, "control_labels", true);
  layout.restated_marks = read_keys(reader, *rows, "restated_marks", false);
  layout.may_be_empty = read_roles(reader, *rows, "may_be_empty", false);
  if (!has(layout.padding_lacks, Role::amount)) {
    reader.fail(rows, "padding_lacks must name the amount",
                "a row with an amount is never padding");
  }
  if (layout.control_lacks.none() || has(layout.control_lacks, Role::amount)) {
    reader.fail(rows, "control_lacks must name roles other than the amount",
                "a total is a row with an amount");
  }
}

void read_head(TomlReader& reader, const toml::table& table, Layout& layout) {
  reader.only(table,
              {"name", "publisher", "publisher_kind", "header_within", "encodings", "date_forms",
               "preamble_month", "amount_forms", "redaction_markers", "columns", "rows"});
  layout.name = reader.text(table, "name", true);
  const bool plain = !layout.name.empty() && layout.name.size() <= 40 &&
                     std::ranges::all_of(layout.name, [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
                     });
  if (!plain)
    reader.fail(table.get("name"), "the name is not 1 to 40 small letters, digits and dashes",
                "rename it");
  layout.publisher = reader.text(table, "publisher", false);
  layout.publisher_kind = reader.text(table, "publisher_kind", true);
  if (layout.publisher_kind != "council" && layout.publisher_kind != "nhs") {
    reader.fail(table.get("publisher_kind"), "unknown kind of publisher", "use council or nhs");
  }
  if (const toml::node* within = table.get("header_within")) {
    const std::int64_t rows = within->value<std::int64_t>().value_or(0);
    if (rows < 1 || rows > max_header_row)
      reader.fail(within, "'header_within' is not 1 to 64", "give a number of rows");
    layout.header_within = static_cast<std::uint32_t>(rows);
  }
  for (auto& [text, node] : reader.texts(table, "redaction_markers", false)) {
    if (text.empty())
      reader.fail(node, "an empty redaction marker would mark every name", "leave it out");
    std::ranges::transform(text, text.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    });
    layout.redaction_markers.push_back(std::move(text));
  }
}

Problem syntax_problem(const toml::parse_error& error, std::string_view file) {
  Problem problem;
  problem.file = file;
  problem.line = static_cast<std::uint32_t>(error.source().begin.line);
  problem.column = static_cast<std::uint32_t>(error.source().begin.column);
  problem.reason = "this is not TOML: " + std::string(error.description());
  problem.remedy = "start from a copy of a layout that works";
  return problem;
}

}  // namespace

tl::expected<Layout, Problem> read_layout(std::string_view toml, std::string_view file) {
  toml::table table;
  try {
    table = toml::parse(toml, file);
  } catch (const toml::parse_error& error) {
    return tl::unexpected(syntax_problem(error, file));
  }
  TomlReader reader(file);
  Layout layout;
  read_head(reader, table, layout);
  read_encodings(reader, table, layout);
  read_date_forms(reader, table, layout);
  read_amount_forms(reader, table, layout);
  read_columns(reader, table, layout);
  read_rows(reader, table, layout);
  if (reader.problem()) return tl::unexpected(*reader.problem());
  return layout;
}

}  // namespace braid::files
