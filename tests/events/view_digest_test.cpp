#include "events/table/view_digest.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "events/table/memory_row_store.hpp"

using namespace braid;

namespace {

constexpr std::string_view both[] = {"a", "b"};

void put(MemoryRowStore& store, std::string_view table, std::string_view key,
         std::string_view value) {
  const RowChange row{as_bytes(key), as_bytes(value)};
  const TableChanges changes{table, {&row, 1}};
  store.commit({&changes, 1}, {});
}

}  // namespace

TEST_CASE("a view's digest is SHA-256 over its tables' names and rows, each with its length") {
  MemoryRowStore store;
  put(store, "a", "k", "vv");
  const std::string_view one[] = {"a"};
  const std::string text("\0\0\0\0\0\0\0\1a\1\0\0\0\0\0\0\0\1k\0\0\0\0\0\0\0\2vv\0", 30);
  CHECK(view_digest(store, one) == sha256(as_bytes(text)));
}

TEST_CASE(
    "a view's digest depends on its rows, and not on how they came or how its tables are listed") {
  MemoryRowStore store, other;
  put(store, "a", "1", "x");
  put(store, "a", "2", "y");
  put(store, "b", "1", "z");
  put(other, "b", "1", "z");
  put(other, "a", "2", "earlier");
  put(other, "a", "2", "y");
  put(other, "a", "1", "x");
  const std::string_view turned[] = {"b", "a"};
  CHECK(view_digest(store, both) == view_digest(other, turned));
}

TEST_CASE("a byte of a key or value moved to its neighbour gives another digest") {
  std::set<Digest> digests;
  const auto add = [&](auto... rows) {
    MemoryRowStore store;
    (put(store, std::get<0>(rows), std::get<1>(rows), std::get<2>(rows)), ...);
    digests.insert(view_digest(store, both));
  };
  using Row = std::tuple<const char*, const char*, const char*>;
  add();
  add(Row{"a", "k", "v"});
  add(Row{"a", "kv", ""});
  add(Row{"b", "k", "v"});
  add(Row{"a", "k", "v"}, Row{"a", "l", ""});
  add(Row{"a", "k", "vl"});
  add(Row{"a", "k", "v"}, Row{"b", "k", "v"});
  CHECK(digests.size() == 7);
}
