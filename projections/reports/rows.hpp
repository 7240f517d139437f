#pragma once
// What reports are written with.
#include <capnp/schema.h>

#include <functional>
#include <string>

#include "events/pence.hpp"
#include "projections/reports/report.hpp"
#include "projections/schema/views.rows.hpp"

namespace braid::projections {

/// Visits every row of a table at one place, in the order of its keys.
template <TableRow Row, class Visit>
void for_each_row(const RowReader& views, Visit&& visit) {
  views.scan(Row::table, {}, [&](Bytes, Bytes value) {
    visit(decode<Row>(value));
    return true;
  });
}

/// Visits every row of a table in all places.
template <TableRow Row, class Visit>
void for_each_row(const ViewsSnapshot& views, Visit&& visit) {
  for (const auto* place : views.places) for_each_row<Row>(*place, visit);
}

/// The schema's word: "socialCare".
template <class Enum>
std::string word(Enum value) {
  const auto words = capnp::Schema::from<Enum>().getEnumerants();
  const auto at = static_cast<unsigned>(value);
  return at < words.size() ? words[at].getProto().getName().cStr() : std::to_string(at);
}

/// For sentences: "social care".
template <class Enum>
std::string spoken(Enum value) {
  std::string text;
  for (const char c : word(value)) {
    const bool is_capital = c >= 'A' && c <= 'Z';
    if (is_capital) text += ' ';
    text += is_capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

/// Whether a question is about what goes by this identifier; its beginning is enough.
inline bool asks_about(const ReportQuestion& question, std::string_view identifier) {
  return identifier.starts_with(question.subject);
}

inline Cell text(std::string_view text) { return {Cell::Type::text, std::string(text), 0}; }
inline Cell pence(std::int64_t pence) { return {Cell::Type::pence, {}, pence}; }
inline Cell number(std::int64_t number) { return {Cell::Type::number, {}, number}; }
inline Cell day(std::int32_t days) { return {Cell::Type::date, {}, days}; }

inline Column words(std::string_view name) { return {std::string(name), Cell::Type::text}; }
inline Column money(std::string_view name) { return {std::string(name), Cell::Type::pence}; }
inline Column count(std::string_view name) { return {std::string(name), Cell::Type::number}; }
inline Column days(std::string_view name) { return {std::string(name), Cell::Type::date}; }

/// "1 run", "3 runs".
inline std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

// One a file; reports.cpp lists them.
Report joint_budget(const ViewsSnapshot& views, const ReportQuestion& question);
Report joint_split(const ViewsSnapshot& views, const ReportQuestion& question);
Report control_exceptions(const ViewsSnapshot& views, const ReportQuestion& question);
Report pool_statement(const ViewsSnapshot& views, const ReportQuestion& question);
Report contribution_on_nhs(const ViewsSnapshot& views, const ReportQuestion& question);
Report allocation(const ViewsSnapshot& views, const ReportQuestion& question);
Report runs(const ViewsSnapshot& views, const ReportQuestion& question);
Report trial_balance(const ViewsSnapshot& views, const ReportQuestion& question);

}  // namespace braid::projections
