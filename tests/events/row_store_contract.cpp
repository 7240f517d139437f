#include "tests/events/row_store_contract.hpp"

#include <random>

namespace braid::test {
namespace {

using Rows = std::map<std::string, std::string>;
using Changes = std::map<std::string, std::optional<std::string>>;

/// Commits texts as keys and values.
void commit(RowStore& store, const std::map<std::string, Changes>& tables,
            const std::string& position) {
  std::vector<std::vector<RowChange>> rows;
  std::vector<TableChanges> changes;
  rows.reserve(tables.size());
  for (const auto& [table, table_rows] : tables) {
    auto& list = rows.emplace_back();
    for (const auto& [key, value] : table_rows)
      list.push_back({as_bytes(key), value ? std::optional(as_bytes(*value)) : std::nullopt});
    changes.push_back({table, list});
  }
  store.commit(changes, as_bytes(position));
}

std::optional<std::string> get(const RowReader& store, const std::string& table,
                               const std::string& key) {
  const auto value = store.get(table, as_bytes(key));
  if (!value) return std::nullopt;
  return std::string(as_text(*value));
}

Rows all_rows(const RowReader& store, const std::string& table, const std::string& from = "") {
  Rows rows;
  std::string before;
  store.scan(table, as_bytes(from), [&](Bytes key, Bytes value) {
    std::string text(as_text(key));
    CHECK((rows.empty() || before < text));
    before = text;
    rows[text] = as_text(value);
    return true;
  });
  return rows;
}

std::optional<std::string> last_key(const RowReader& store, const std::string& table) {
  const auto key = store.last_key(table);
  if (!key) return std::nullopt;
  return std::string(as_text(*key));
}

std::optional<std::string> position(const RowReader& store) {
  const auto bytes = store.position();
  if (!bytes) return std::nullopt;
  return std::string(as_text(*bytes));
}

void check_equals(const RowReader& store, const std::string& table, const Rows& expected) {
  CHECK(all_rows(store, table) == expected);
  CHECK(last_key(store, table) ==
        (expected.empty() ? std::nullopt : std::optional(expected.rbegin()->first)));
}

/// Many commits of random rows, compared with a map after each and after reopening.
void behaves_as_a_map(RowStoreUnderTest& under_test) {
  std::mt19937_64 random(20'261'122);
  const auto below = [&](std::uint64_t limit) { return random() % limit; };
  std::map<std::string, Rows> model = {{"one", {}}, {"two", {}}};
  for (int round = 0; round < 40; ++round) {
    std::map<std::string, Changes> tables;
    for (auto& [table, rows] : model) {
      auto& changes = tables[table];
      for (auto count = below(60); count > 0; --count) {
        std::string key(1 + below(3), 'a');
        for (auto& letter : key)
          letter = static_cast<char>(below(2) == 0 ? below(256) : 'a' + below(4));
        if (below(3) == 0) {
          changes[key] = std::nullopt;
          rows.erase(key);
        } else {
          changes[key] = rows[key] =
              std::string(below(2) == 0 ? below(40) : below(9000), static_cast<char>(below(256)));
        }
      }
    }
    commit(under_test.store(), tables, std::to_string(round));
    if (round % 10 == 9) under_test.reopen();
    for (const auto& [table, rows] : model) check_equals(under_test.store(), table, rows);
    CHECK(position(under_test.store()) == std::to_string(round));
  }
}

}  // namespace

void row_store_contract(const std::function<std::unique_ptr<RowStoreUnderTest>()>& make) {
  const auto under_test = make();
  auto& store = under_test->store();

  SECTION("a new store has no rows and no position") {
    CHECK(get(store, "people", "a") == std::nullopt);
    check_equals(store, "people", {});
    CHECK(position(store) == std::nullopt);
  }
  SECTION("rows and position are stored together, and are there after reopening") {
    commit(store, {{"people", {{"b", "2"}, {"d", "4"}}}, {"pools", {{"b", "other"}}}}, "here");
    under_test->reopen();
    check_equals(under_test->store(), "people", {{"b", "2"}, {"d", "4"}});
    check_equals(under_test->store(), "pools", {{"b", "other"}});
    CHECK(get(under_test->store(), "people", "b") == "2");
    CHECK(get(under_test->store(), "people", "c") == std::nullopt);
    CHECK(get(under_test->store(), "nothing", "b") == std::nullopt);
    CHECK(position(under_test->store()) == "here");
  }
  SECTION("a later commit replaces, adds and erases rows, and leaves the others alone") {
    commit(store, {{"people", {{"a", "1"}, {"b", "2"}, {"c", "3"}}}}, "1");
    commit(store,
           {{"people",
             {{"a", std::nullopt},
              {"b", "two, and longer than it was"},
              {"bb", ""},
              {"x", std::nullopt}}}},
           "2");
    check_equals(store, "people", {{"b", "two, and longer than it was"}, {"bb", ""}, {"c", "3"}});
    CHECK(get(store, "people", "a") == std::nullopt);
    CHECK(get(store, "people", "bb") == "");
  }
  SECTION("a row erased can be made anew, and the last row erased leaves an empty table") {
    commit(store, {{"people", {{"a", "1"}}}}, "1");
    commit(store, {{"people", {{"a", std::nullopt}}}}, "2");
    check_equals(store, "people", {});
    commit(store, {{"people", {{"a", "again"}}}}, "3");
    check_equals(store, "people", {{"a", "again"}});
  }
  SECTION("a commit without rows moves the position alone") {
    commit(store, {{"people", {{"a", "1"}}}}, "1");
    commit(store, {}, "a longer position than before");
    CHECK(position(store) == "a longer position than before");
    commit(store, {{"people", {}}}, "");
    CHECK(position(store) == "");
    check_equals(store, "people", {{"a", "1"}});
  }
  SECTION(
      "a scan starts at the first key not less than `from`, sorted by bytes, and stops when told") {
    const std::string high = "\xff", zero("a\0", 2), zeros("a\0\0", 3);
    commit(store, {{"people", {{"a", "1"}, {zero, "2"}, {zeros, "3"}, {"ab", "4"}, {high, "5"}}}},
           "1");
    CHECK(all_rows(store, "people", "a").size() == 5);
    CHECK(all_rows(store, "people", zero).size() == 4);
    CHECK(all_rows(store, "people", "aa") == Rows{{"ab", "4"}, {high, "5"}});
    CHECK(all_rows(store, "people", "\xff\x01").empty());
    int visits = 0;
    store.scan("people", {}, [&](Bytes, Bytes) { return ++visits < 2; });
    CHECK(visits == 2);
  }
  SECTION("keys of the greatest length and values of 100,000 bytes are kept whole") {
    const std::string key(RowReader::max_key_bytes, '\x7f'), value(100'000, 'v');
    commit(store, {{"people", {{key, value}}}}, "1");
    under_test->reopen();
    check_equals(under_test->store(), "people", {{key, value}});
  }
  SECTION("it behaves as a map does, whatever is committed") { behaves_as_a_map(*under_test); }
}

}  // namespace braid::test
