#include "adapters/json/printed_report.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace braid::json {
namespace {

namespace bj = boost::json;

/// What is missing or of another type, for `read` to catch.
struct Missing {
  std::string sentence;
};

const bj::value& member(const bj::object& from, std::string_view name) {
  const auto* found = from.if_contains(bj::string_view(name.data(), name.size()));
  if (found == nullptr) throw Missing{"it does not state \"" + std::string(name) + "\""};
  return *found;
}

const bj::object& object_in(const bj::object& from, std::string_view name) {
  const auto* found = member(from, name).if_object();
  if (found == nullptr) throw Missing{"its \"" + std::string(name) + "\" is no object"};
  return *found;
}

std::string text_in(const bj::object& from, std::string_view name) {
  const auto* found = member(from, name).if_string();
  if (found == nullptr) throw Missing{"its \"" + std::string(name) + "\" is no text"};
  return std::string(found->data(), found->size());
}

std::uint64_t number_in(const bj::object& from, std::string_view name) {
  const auto* found = member(from, name).if_int64();
  if (found == nullptr || *found < 0)
    throw Missing{"its \"" + std::string(name) + "\" is no count"};
  return static_cast<std::uint64_t>(*found);
}

PrintedReport::Position position_of(std::string partition, const bj::object& from) {
  PrintedReport::Position position{.partition = std::move(partition),
                                   .size = number_in(from, "size"),
                                   .root = text_in(from, "root"),
                                   .behind = number_in(from, "behind"),
                                   .checkpoint_size = 0,
                                   .checkpoint_root = "",
                                   .digest = ""};
  if (!member(from, "checkpoint").is_null()) {
    const auto& checkpoint = object_in(from, "checkpoint");
    position.checkpoint_size = number_in(checkpoint, "size");
    position.checkpoint_root = text_in(checkpoint, "root");
  }
  if (!member(from, "digest").is_null()) position.digest = text_in(from, "digest");
  return position;
}

void read_row(const bj::value& from, PrintedReport& report) {
  const auto* row = from.if_object();
  if (row == nullptr) throw Missing{"one of its rows is no object"};
  const bool is_first = report.columns.empty();
  auto& cells = report.rows.emplace_back();
  for (const auto& [name, value] : *row) {
    const std::string column(name.data(), name.size());
    if (is_first) report.columns.push_back(column);
    if (cells.size() >= report.columns.size() || report.columns[cells.size()] != column)
      throw Missing{"row " + std::to_string(report.rows.size()) +
                    " has other columns than the first"};
    const auto* text = value.if_string();
    cells.push_back(text != nullptr ? std::string(text->data(), text->size())
                                    : bj::serialize(value));
  }
  if (cells.size() != report.columns.size())
    throw Missing{"row " + std::to_string(report.rows.size()) + " has fewer columns than the first"};
}

PrintedReport report_in(const bj::object& from) {
  PrintedReport report;
  const auto& asked = object_in(from, "asked");
  report.ledger = text_in(asked, "ledger");
  report.report = text_in(asked, "report");
  report.subject = text_in(asked, "subject");
  report.on = text_in(asked, "on");
  report.views = text_in(asked, "views");
  for (const auto& [partition, position] : object_in(from, "positions")) {
    const std::string name(partition.data(), partition.size());
    const auto* stated = position.if_object();
    if (stated == nullptr) throw Missing{"its position in partition " + name + " is no object"};
    report.positions.push_back(position_of(name, *stated));
  }
  const auto* rows = from.if_contains("rows");
  if (rows == nullptr) return report;
  if (!rows->is_array()) throw Missing{"its \"rows\" are no list"};
  for (const auto& row : rows->get_array()) read_row(row, report);
  return report;
}

}  // namespace

Parsed<PrintedReport> PrintedReport::read(std::string_view text) try {
  bj::error_code wrong;
  const auto parsed = bj::parse(bj::string_view(text.data(), text.size()), wrong);
  if (wrong) return unreadable("it is not JSON: " + wrong.message());
  const auto* object = parsed.if_object();
  if (object == nullptr) return unreadable("it is not one object of JSON");
  return report_in(*object);
} catch (const Missing& missing) {
  return unreadable(missing.sentence);
}

}  // namespace braid::json
