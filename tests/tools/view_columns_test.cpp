#include <algorithm>
#include <catch2/catch.hpp>

#include "events/date.hpp"
#include "events/table/row.hpp"
#include "projections/schema/views.rows.hpp"
#include "tools/braid/view_columns.hpp"

namespace braid::cli {
namespace {

using namespace projections;

const TableSchema& table(std::string_view name) {
  const auto tables = views_tables();
  return *std::ranges::find(tables, name, &TableSchema::name);
}

template <class Row>
Cell cell(const Row& row, std::string_view column, Unsealer unsealer = {}) {
  WordBuffer words;
  const ViewReader reader(table(Row::table), std::move(unsealer));
  const auto cells = reader.read(encode(row, words));
  const auto found = std::ranges::find(reader.columns(), column, &ViewColumn::name);
  return cells.at(static_cast<std::size_t>(found - reader.columns().begin()));
}

}  // namespace

TEST_CASE("columns of a struct within a row stand among the row's own") {
  HealthRow row;
  row.progress.agreed = 210'00;
  CHECK(cell(row, "agreed") == Cell::of_pence(210'00));
}

TEST_CASE("a day that is none and a number that says none are empty") {
  CHECK(cell(HealthRow{}, "decided").kind == Cell::Kind::none);
  CHECK(cell(HealthRow{}, "decisionDays").kind == Cell::Kind::none);
  HealthRow decided;
  decided.decided = Date::from_text("2026-04-01")->days;
  decided.decision_days = 0;
  CHECK(plain(cell(decided, "decided")) == "2026-04-01");
  CHECK(plain(cell(decided, "decisionDays")) == "0");
}

TEST_CASE("words of the schema stand for its numbers") {
  SocialCareRow row;
  row.method = Method::DIRECT_PAYMENT;
  CHECK(cell(row, "method") == Cell::of_text("directPayment"));
}

TEST_CASE("a list is a count to people and a list to programs") {
  JointBudgetRow row;
  row.strands.push_back({.strand = {"WMC", Sector::SOCIAL_CARE, "adults"}, .rate_pence = 145'00});
  const auto strands = cell(row, "strands");
  CHECK(shown(strands) == "1");
  CHECK(json(strands).starts_with(
      R"([{"strand":{"organisation":"WMC","sector":"socialCare","fund":"adults"},"ratePence":14500,)"));
}

TEST_CASE("a sealed text shows only to who can open it") {
  PublishedSpendRow row;
  row.supplier_name.key_id = Uuid{1, 2};
  row.supplier_name.nonce.resize(24);
  row.supplier_name.box.resize(48);
  CHECK(cell(row, "supplierName") == Cell::of_text("(sealed)"));
  CHECK(cell(row, "supplierName", [](const SealedBox& box) {
          return std::optional("key " + box.key_id.text());
        }) == Cell::of_text("key " + Uuid{1, 2}.text()));
  CHECK(cell(row, "supplierName", [](const SealedBox&) { return std::optional<std::string>(); }) ==
        Cell::of_text("(erased)"));
}

}  // namespace braid::cli
