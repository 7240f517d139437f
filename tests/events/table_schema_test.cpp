#include "events/table/table_schema.hpp"

#include <capnp/dynamic.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "events/table/row.hpp"
#include "tests/events/rows_example.hpp"

using namespace braid;
using namespace braid::test;

TEST_CASE("the tables of a schema file are listed with what they mean") {
  std::map<std::string_view, std::string_view> meanings;
  for (const auto& table : rows_example_tables()) meanings[table.name] = table.meaning;
  CHECK(meanings == std::map<std::string_view, std::string_view>{
                        {"counters", ""},
                        {"every_key", ""},
                        {"everything", "One row of every kind of field"},
                        {"payments", "A row of the usual size: fifteen columns"}});
}

TEST_CASE("columns come in the order of the schema file, with unit, place in the key and meaning") {
  const auto columns = columns_of(capnp::Schema::from<braid::test::schema::Everything>());
  const auto column = [&](std::string_view name) {
    const auto found = std::ranges::find(columns, name, &Column::name);
    REQUIRE(found != columns.end());
    return *found;
  };
  CHECK(columns.size() == 36);
  CHECK(columns[0].name == "note");
  CHECK(columns[13].name == "id");
  CHECK(column("note").meaning == "what was said");
  CHECK(column("note").unit == Unit::plain);
  CHECK(column("due").unit == Unit::date);
  CHECK(column("month").unit == Unit::month);
  CHECK(column("recordedAt").unit == Unit::instant);
  CHECK(column("balance").unit == Unit::pence);
  CHECK(column("balance").key_order == 3);
  CHECK(column("due").key_order == std::nullopt);
  CHECK(meaning_of(capnp::Schema::from<Colour>().getProto().getAnnotations()) ==
        "What it looks like");
}

TEST_CASE("a row of any table can be read without its type") {
  WordBuffer buffer;
  const auto bytes = encode(a_payment(3), buffer);
  const auto tables = rows_example_tables();
  const auto table = std::ranges::find(tables, "payments", &TableSchema::name);
  REQUIRE(table != tables.end());
  RowMessage message(bytes);
  const auto row = message.reader().getRoot<capnp::DynamicStruct>(table->schema);
  CHECK(row.get("pence").as<std::int64_t>() == 210'03);
  CHECK(std::string(row.get("reference").as<capnp::Text>().cStr()) == "INV-3");
}
