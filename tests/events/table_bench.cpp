// What rows cost, beside the obvious alternatives, interleaved in one run. Prints; asserts no time.
#include <capnp/message.h>
#include <time.h>

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <catch2/catch.hpp>
#include <cstdio>
#include <functional>
#include <random>

#include "events/table/memory_row_store.hpp"
#include "events/table/table.hpp"
#include "tests/events/rows_example.hpp"

using namespace braid;
using namespace braid::test;

namespace {

constexpr std::uint32_t row_count = 1'000'000;

/// Of this thread alone, so that a busy machine disturbs less.
double cpu_ns() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

struct Contender {
  const char* name;
  std::size_t operations;
  std::function<std::int64_t()> run;  ///< gives the same sum as every other contender of its race
  std::vector<double> ns{};
};

/// Runs the contenders in turn, nine times, and prints what one operation of each takes.
void race(std::vector<Contender> contenders) {
  for (int round = 0; round < 9; ++round) {
    std::vector<std::int64_t> sums;
    for (auto& each : contenders) {
      const auto start = cpu_ns();
      sums.push_back(each.run());
      each.ns.push_back((cpu_ns() - start) / static_cast<double>(each.operations));
    }
    for (const auto sum : sums) REQUIRE(sum == sums.front());
  }
  for (auto& each : contenders) {
    std::ranges::sort(each.ns);
    std::printf("%-44s median %7.1f ns, %7.1f to %7.1f\n", each.name, each.ns[4], each.ns.front(),
                each.ns.back());
  }
}

std::size_t canonicalized_size(const Payment& row) {
  capnp::word scratch[256] = {};
  capnp::MallocMessageBuilder message(kj::arrayPtr(scratch, 256));
  const auto root = message.initRoot<braid::test::schema::Payment>();
  write(row, root);
  return capnp::canonicalize(root.asReader()).asBytes().size();
}

struct KeyHasher {
  using is_avalanching = void;
  std::size_t operator()(const Payment::Key& key) const noexcept { return hash_of(key); }
};

}  // namespace

TEST_CASE("bench: encode a row of fifteen columns") {
  std::vector<Payment> rows;
  for (std::uint64_t number = 0; number < 1000; ++number) rows.push_back(a_payment(number));
  WordBuffer buffer;
  const auto total = [&](auto size_of) {
    std::size_t sum = 0;
    for (int i = 0; i < 100; ++i)
      for (const auto& row : rows) sum += size_of(row);
    return static_cast<std::int64_t>(sum);
  };
  race({{"encode", 100'000,
         [&] { return total([&](auto& row) { return encode(row, buffer).size(); }); }},
        {"encode and decode", 100'000,
         [&] {
           return total([&](auto& row) {
             const auto bytes = encode(row, buffer);
             return decode<Payment>(bytes).id == row.id ? bytes.size() : 0;
           });
         }},
        {"builder and capnp::canonicalize", 100'000, [&] { return total(canonicalized_size); }}});
}

TEST_CASE("bench: find and change one of a million rows, in random order") {
  MemoryRowStore store;
  Table<Payment> table(store);
  boost::unordered_flat_map<Payment::Key, std::uint32_t, KeyHasher> numbers;
  std::vector<Payment> rows;
  for (std::uint32_t number = 0; number < row_count; ++number) {
    const auto row = a_payment(number);
    table.change(row.key()).pence = 1;
    numbers[row.key()] = number;
    rows.push_back(row);
    rows.back().pence = 1;
  }
  std::mt19937_64 random(20'261'122);
  std::vector<Payment::Key> keys;
  for (std::uint32_t i = 0; i < row_count; ++i)
    keys.push_back(a_payment(random() % row_count).key());
  race({{"Table: find, then change", row_count,
         [&] {
           std::int64_t sum = 0;
           for (const auto& key : keys) {
             sum += table.find(key)->pence;
             ++table.change(key).pence;
           }
           return sum;
         }},
        {"boost::unordered_flat_map to a vector's index", row_count, [&] {
           std::int64_t sum = 0;
           for (const auto& key : keys) {
             sum += rows[numbers.find(key)->second].pence;
             ++rows[numbers.find(key)->second].pence;
           }
           return sum;
         }}});
}

TEST_CASE("bench: collect a million changed rows for a flush") {
  MemoryRowStore store;
  Table<Payment> in_order(store), mixed(store);
  std::vector<std::uint32_t> numbers(row_count);
  for (std::uint32_t number = 0; number < row_count; ++number) numbers[number] = number;
  for (const auto number : numbers) in_order.change(a_payment(number).key()) = a_payment(number);
  std::ranges::shuffle(numbers, std::mt19937_64(20'261'122));
  for (const auto number : numbers) mixed.change(a_payment(number).key()) = a_payment(number);
  ChangeArena arena;
  const auto collect = [&](Table<Payment>& table) {
    arena.reset();
    return static_cast<std::int64_t>(table.collect(arena).rows.size());
  };
  race({{"collect, keys that only grew", row_count, [&] { return collect(in_order); }},
        {"collect, keys in any order", row_count, [&] { return collect(mixed); }}});
}
