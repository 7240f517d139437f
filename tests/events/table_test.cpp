#include "events/table/table.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>

#include "events/faults.hpp"
#include "events/table/append_table.hpp"
#include "events/table/memory_row_store.hpp"
#include "events/table/table_set.hpp"
#include "tests/events/rows_example.hpp"

using namespace braid;
using namespace braid::test;

namespace {

const Bytes nowhere;

/// A store in memory that counts look-ups, and whose next commit can be made to fail.
class Watched final : public RowStore {
 public:
  std::optional<Bytes> get(std::string_view table, Bytes key) const override {
    ++gets;
    return rows.get(table, key);
  }
  void scan(std::string_view table, Bytes from,
            const std::function<bool(Bytes, Bytes)>& visit) const override {
    rows.scan(table, from, visit);
  }
  std::optional<Bytes> last_key(std::string_view table) const override {
    return rows.last_key(table);
  }
  std::optional<Bytes> position() const override { return rows.position(); }
  void commit(std::span<const TableChanges> changes, Bytes position) override {
    if (is_full) throw StorageFull("no room");
    for (const auto& table : changes) committed += table.rows.size();
    rows.commit(changes, position);
  }

  MemoryRowStore rows;
  mutable int gets = 0;
  std::size_t committed = 0;
  bool is_full = false;
};

/// A table over a store, as a worker has it.
template <class TableType = Table<Counter>>
struct Fixture {
  Watched store;
  TableType table{store};
  TableSet tables;
  Fixture() { tables.add(table); }
  void flush() { tables.flush(store, nowhere); }
};

std::map<std::uint32_t, std::int64_t> totals_in(const RowReader& store) {
  std::map<std::uint32_t, std::int64_t> totals;
  store.scan(Counter::table, {}, [&](Bytes, Bytes value) {
    const auto row = decode<Counter>(value);
    totals[row.number] = row.total;
    return true;
  });
  return totals;
}

}  // namespace

TEST_CASE("a row that is changed is found at once, and stored when the table is flushed") {
  Fixture given;
  CHECK(given.table.find({7}) == nullptr);
  given.table.change({7}).total = 30'00;
  REQUIRE(given.table.find({7}) != nullptr);
  CHECK(*given.table.find({7}) == Counter{.number = 7, .total = 30'00});
  CHECK(totals_in(given.store).empty());
  CHECK(given.table.dirty() == 1);
  given.flush();
  CHECK(totals_in(given.store) == std::map<std::uint32_t, std::int64_t>{{7, 30'00}});
  CHECK(given.table.dirty() == 0);
}

TEST_CASE("a stored row is read once, and another table over the same store finds it") {
  Fixture given;
  given.table.change({7}).total = 30'00;
  given.flush();
  Table<Counter> later(given.store);
  CHECK(later.find({7})->total == 30'00);
  CHECK(later.change_existing({7})->total == 30'00);
  CHECK(given.store.gets == 1);
  CHECK(later.dirty() == 1);
}

TEST_CASE("a key above the last stored one is known to be absent without a look-up") {
  Fixture given;
  for (std::uint32_t number = 0; number < 100; ++number) {
    CHECK(given.table.find({number}) == nullptr);
    given.table.change({number}).total = number;
    if (number % 10 == 9) given.flush();
  }
  CHECK(given.store.gets == 0);
  Table<Counter> later(given.store);
  CHECK(later.find({100}) == nullptr);
  CHECK(later.find({99}) != nullptr);
  CHECK(given.store.gets == 1);
}

TEST_CASE("a row that is absent below the last is looked up once, and can then be made") {
  Fixture given;
  given.table.change({9});
  given.flush();
  given.tables.trim(0);
  CHECK(given.table.find({5}) == nullptr);
  CHECK(given.table.change_existing({5}) == nullptr);
  given.table.erase({5});
  given.table.change({5}).total = 1;
  CHECK(given.store.gets == 1);
  given.flush();
  CHECK(totals_in(given.store) == std::map<std::uint32_t, std::int64_t>{{5, 1}, {9, 0}});
}

TEST_CASE(
    "an erased row is absent at once, gone when flushed, and starts from nothing when made anew") {
  Fixture given;
  given.table.change({7}).total = 1;
  given.flush();
  given.table.erase({7});
  CHECK(given.table.find({7}) == nullptr);
  given.flush();
  CHECK(totals_in(given.store).empty());
  CHECK(given.table.change({7}) == Counter{.number = 7, .total = 0});
  given.table.erase({7});
  given.table.change({7}).total = 2;
  given.flush();
  CHECK(totals_in(given.store) == std::map<std::uint32_t, std::int64_t>{{7, 2}});
}

TEST_CASE("a row that comes and goes between two flushes is never written") {
  Fixture given;
  given.table.change({7}).total = 1;
  given.table.erase({7});
  given.flush();
  CHECK(given.store.committed == 0);
}

TEST_CASE("a flush that fails leaves every row dirty, and can be tried again") {
  Fixture given;
  given.table.change({1}).total = 1;
  given.store.is_full = true;
  CHECK_THROWS_AS(given.flush(), StorageFull);
  CHECK(given.table.dirty() == 1);
  given.table.change({2}).total = 2;
  given.store.is_full = false;
  given.flush();
  CHECK(totals_in(given.store) == std::map<std::uint32_t, std::int64_t>{{1, 1}, {2, 2}});
  CHECK(given.store.committed == 2);
}

TEST_CASE("rows stay where they are until the table is trimmed") {
  Fixture given;
  const Counter& first = given.table.change({0});
  for (std::uint32_t number = 1; number < 50'000; ++number)
    given.table.change({number}).total = number;
  given.flush();
  CHECK(&first == given.table.find({0}));
}

TEST_CASE("trimming drops the rows unused since the trim before it, and loses nothing") {
  Fixture given;
  for (std::uint32_t number = 0; number < 1000; ++number)
    given.table.change({number}).total = number;
  given.flush();
  given.tables.trim(1000);
  CHECK(given.table.cached_rows() == 1000);
  given.tables.trim(500);
  CHECK(given.table.cached_rows() == 500);
  for (std::uint32_t number = 900; number < 1000; ++number)
    CHECK(given.table.find({number})->total == number);
  given.tables.trim(100);
  CHECK(given.table.cached_rows() == 100);
  given.store.gets = 0;
  for (std::uint32_t number = 900; number < 1000; ++number)
    CHECK(given.table.find({number})->total == number);
  CHECK(given.store.gets == 0);
  for (std::uint32_t number = 0; number < 1000; ++number)
    CHECK(given.table.find({number})->total == number);
}

TEST_CASE("a damaged row is refused when it is read, and the table is then as it was") {
  Fixture given;
  KeyBytes key;
  append_key(Counter::Key{7}, key);
  const std::byte garbage[16] = {std::byte{0xff}, std::byte{0xff}, std::byte{0xff},
                                 std::byte{0xff}};
  const RowChange row{key.bytes(), Bytes(garbage)};
  const TableChanges changes{Counter::table, {&row, 1}};
  given.store.commit({&changes, 1}, nowhere);
  CHECK_THROWS_AS(given.table.find({7}), HistoryBroken);
  CHECK_THROWS_AS(given.table.change({7}), HistoryBroken);
  CHECK(given.table.dirty() == 0);
  CHECK(given.table.cached_rows() == 0);
}

TEST_CASE("a table behaves as a map does, whenever it is flushed, trimmed or opened anew") {
  CHECK(rc::check("random operations", [] {
    Watched store;
    auto table = std::make_unique<Table<Counter>>(store);
    std::map<std::uint32_t, std::int64_t> model;
    const auto flush = [&] {
      TableSet tables;
      tables.add(*table);
      tables.flush(store, nowhere);
    };
    for (auto steps = *rc::gen::inRange(0, 300); steps > 0; --steps) {
      const auto number = *rc::gen::inRange<std::uint32_t>(0, 12) * *rc::gen::element(1u, 1u << 20);
      const auto known = model.find(number);
      switch (*rc::gen::inRange(0, 12)) {
        case 0:
          flush();
          RC_ASSERT(totals_in(store) == model);
          break;
        case 1:
          flush();
          table->trim(*rc::gen::inRange<std::size_t>(0, 8));
          break;
        case 2:
          flush();
          table = std::make_unique<Table<Counter>>(store);
          break;
        case 3:
        case 4:
        case 5:
          table->erase({number});
          model.erase(number);
          break;
        case 6:
          if (auto* row = table->change_existing({number})) ++row->total;
          if (known != model.end()) ++known->second;
          break;
        case 7:
        case 8:
        case 9:
          table->change({number}).total += 7;
          model[number] += 7;
          break;
        default: {
          const auto* row = table->find({number});
          RC_ASSERT((row != nullptr) == (known != model.end()));
          if (row != nullptr) RC_ASSERT(*row == (Counter{number, known->second}));
        }
      }
    }
    flush();
    RC_ASSERT(totals_in(store) == model);
  }));
}

TEST_CASE("tables of a set are stored with their position in one commit") {
  MemoryRowStore store;
  Table<Counter> counters(store);
  Table<Payment> payments(store);
  TableSet tables;
  tables.add(payments);
  tables.add(counters);
  counters.change({1}).total = 1;
  const auto payment = a_payment(1);
  payments.change(payment.key()) = payment;
  CHECK(tables.dirty() == 2);
  CHECK(tables.dirty_bytes() > 0);
  tables.flush(store, as_bytes("ten"));
  CHECK(tables.dirty() == 0);
  CHECK(totals_in(store).size() == 1);
  CHECK(*Table<Payment>(store).find(payment.key()) == payment);
  CHECK(as_text(*store.position()) == "ten");
  tables.flush(store, as_bytes("eleven"));
  CHECK(as_text(*store.position()) == "eleven");
}

TEST_CASE("appended rows are stored sorted, the later of two with one key, and take no cache") {
  Watched store;
  AppendTable<Counter> counters;
  TableSet tables;
  tables.add(counters);
  std::int64_t total = 0;
  for (const std::uint32_t number : {5u, 3u, 9u, 3u})
    counters.append({.number = number, .total = ++total});
  CHECK(counters.dirty() == 4);
  store.is_full = true;
  CHECK_THROWS_AS(tables.flush(store, nowhere), StorageFull);
  store.is_full = false;
  tables.flush(store, nowhere);
  CHECK(totals_in(store) == std::map<std::uint32_t, std::int64_t>{{3, 4}, {5, 1}, {9, 3}});
  CHECK(tables.dirty() == 0);
  counters.append({.number = 1, .total = 1});
  tables.flush(store, nowhere);
  CHECK(totals_in(store).size() == 4);
}

TEST_CASE("a flush of many rows of many sizes stores each of them whole") {
  MemoryRowStore store;
  Table<Everything> table(store);
  TableSet tables;
  tables.add(table);
  for (std::uint64_t number = 0; number < 300; ++number) {
    auto row = full_row();
    row.id.low = number * 0x9e3779b97f4a7c15;
    row.sealed.box.resize(number * number);
    table.change(row.key()) = row;
  }
  for (int round = 0; round < 2; ++round) tables.flush(store, nowhere);
  Table<Everything> later(store);
  for (std::uint64_t number = 0; number < 300; ++number) {
    auto key = full_row().key();
    key.id.low = number * 0x9e3779b97f4a7c15;
    REQUIRE(later.find(key) != nullptr);
    CHECK(later.find(key)->sealed.box.size() == number * number);
    CHECK(*later.find(key) == *table.find(key));
  }
}
