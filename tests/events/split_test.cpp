#include "events/split.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <numeric>
#include <random>

#include "events/wide.hpp"

using namespace braid;

namespace {

using Amounts = std::vector<std::int64_t>;
constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto most = std::numeric_limits<std::int64_t>::max();

Amounts shares(std::int64_t amount, const Amounts& weights) {
  return split(amount, weights).value();
}

/// Small and huge, equal and zero: where a split goes wrong, if it does.
std::int64_t awkward(std::mt19937_64& random) {
  switch (random() % 6) {
    case 0:
      return 0;
    case 1:
      return 1;
    case 2:
      return static_cast<std::int64_t>(random() % 10);
    case 3:
      return static_cast<std::int64_t>(random() % 1'000'000);
    case 4:
      return most - static_cast<std::int64_t>(random() % 3);
    default:
      return static_cast<std::int64_t>(random() >> 1);
  }
}

struct Case {
  std::int64_t amount;
  Amounts weights;
};

Case awkward_case(std::mt19937_64& random) {
  Case it{awkward(random) * (random() % 2 ? 1 : -1), {}};
  for (std::size_t count = 1 + random() % 9; count > 0; --count)
    it.weights.push_back(awkward(random));
  it.weights[random() % it.weights.size()] |= 1;
  return it;
}

template <class Property>
void for_awkward_cases(Property property) {
  std::mt19937_64 random(20261122);
  for (int i = 0; i < 5000; ++i) {
    const Case it = awkward_case(random);
    CAPTURE(i, it.amount, it.weights);
    property(it);
  }
}

}  // namespace

TEST_CASE(
    "a split gives the pennies left over to the largest remainders, and equal ones in the order "
    "given") {
  CHECK(shares(100, {1, 1, 1}) == Amounts{34, 33, 33});
  CHECK(shares(101, {1, 1, 1}) == Amounts{34, 34, 33});
  CHECK(shares(100, {1, 2, 3}) == Amounts{17, 33, 50});
  CHECK(shares(1, {1, 2}) == Amounts{0, 1});
  CHECK(shares(1, {5, 5}) == Amounts{1, 0});
  CHECK(shares(355'00, {210, 145}) == Amounts{210'00, 145'00});
}

TEST_CASE("a weight of zero gets nothing, and an amount of zero gives nothing") {
  CHECK(shares(101, {0, 1, 0, 1}) == Amounts{0, 51, 0, 50});
  CHECK(shares(0, {1, 2}) == Amounts{0, 0});
}

TEST_CASE("a split holds at the ends of 64 bits") {
  CHECK(shares(most, {most, most}) == Amounts{most / 2 + 1, most / 2});
  CHECK(shares(least, {1}) == Amounts{least});
  CHECK(shares(least, {most, most}) == Amounts{least / 2, least / 2});
  CHECK(shares(most, {1, most - 1}) == Amounts{1, most - 1});
}

TEST_CASE("there is no split without a weight, nor by a negative one") {
  CHECK(split(100, {}).error() == "a split needs a weight above zero");
  CHECK(split(100, Amounts{0, 0}).error() == "a split needs a weight above zero");
  CHECK(split(100, Amounts{3, -1}).error() == "a share's weight is zero or more");
}

TEST_CASE("shares sum to the amount exactly") {
  for_awkward_cases([](const Case& it) {
    Wide sum = 0;
    for (const auto share : shares(it.amount, it.weights)) sum += share;
    REQUIRE(static_cast<std::int64_t>(sum) == it.amount);
    REQUIRE(sum == Wide{it.amount});
  });
}

TEST_CASE("no share is a penny or more from its proportion, and none has the other sign") {
  for_awkward_cases([](const Case& it) {
    const auto total = std::accumulate(it.weights.begin(), it.weights.end(), Wide{0});
    const auto parts = shares(it.amount, it.weights);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const Wide product = Wide{it.amount} * it.weights[i];
      const Wide off = Wide{parts[i]} - product / total;
      REQUIRE(((off >= -1) && (off <= 1)));
      REQUIRE(((off == 0) || (product % total != 0)));
      if (it.weights[i] == 0) REQUIRE(parts[i] == 0);
      REQUIRE((it.amount >= 0 ? parts[i] >= 0 : parts[i] <= 0));
    }
  });
}

TEST_CASE("a larger weight never gets less") {
  for_awkward_cases([](const Case& it) {
    const auto parts = shares(it.amount < 0 ? -it.amount : it.amount, it.weights);
    for (std::size_t a = 0; a < parts.size(); ++a)
      for (std::size_t b = 0; b < parts.size(); ++b)
        if (it.weights[a] > it.weights[b]) REQUIRE(parts[a] >= parts[b]);
  });
}

TEST_CASE("a reversal splits as what it reverses") {
  for_awkward_cases([](const Case& it) {
    auto parts = shares(it.amount, it.weights);
    for (auto& part : parts) part = -part;
    REQUIRE(shares(-it.amount, it.weights) == parts);
  });
}
