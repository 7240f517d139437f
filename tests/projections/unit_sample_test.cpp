#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "projections/unit_sample.hpp"
#include "tools/synth/event_writer.hpp"

namespace braid::test {

using projections::draw_units;
using projections::sample_number;
using projections::UnitSample;

namespace {

using Amounts = std::vector<std::int64_t>;

std::uint64_t times_on(const UnitSample& sample, std::size_t index) {
  for (const auto& chosen : sample.chosen)
    if (chosen.index == index) return chosen.times;
  return 0;
}

std::uint64_t selections_of(const UnitSample& sample) {
  std::uint64_t sum = 0;
  for (const auto& chosen : sample.chosen) sum += chosen.times;
  return sum;
}

}  // namespace

TEST_CASE("over every start there is, each amount is chosen exactly in proportion to its size") {
  const Amounts amounts = {1, 30, 0, 7, -12, 100, 59, 2, 2, 19};  // 220 pence with a chance
  constexpr std::int64_t total = 220;
  for (const std::uint64_t size : {1U, 2U, 3U, 5U, 7U}) {
    std::vector<std::uint64_t> starts(amounts.size()), selections(amounts.size());
    for (std::uint64_t start = 0; start < total; ++start) {
      const auto sample = draw_units(amounts, size, start);
      CHECK(sample.start == static_cast<Wide>(start));
      CHECK(selections_of(sample) == size);
      for (std::size_t i = 0; i < amounts.size(); ++i) {
        starts[i] += times_on(sample, i) != 0 ? 1U : 0U;
        selections[i] += times_on(sample, i);
      }
    }
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      const auto pence = static_cast<std::uint64_t>(std::max<std::int64_t>(amounts[i], 0));
      INFO("size " << size << ", amount " << amounts[i]);
      CHECK(selections[i] == size * pence);
      CHECK(starts[i] == std::min<std::uint64_t>(size * pence, total));
    }
  }
}

TEST_CASE("over many seeds an amount is chosen as often as its size says") {
  synth::Dice dice(20261125);
  Amounts amounts;
  for (int i = 0; i < 200; ++i) amounts.push_back(1 + static_cast<std::int64_t>(dice.below(9'999)));
  const auto total = std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0});
  constexpr std::uint64_t size = 20;
  constexpr int seeds = 4'000;
  std::vector<int> chosen(amounts.size());
  for (int seed = 0; seed < seeds; ++seed)
    for (const auto& each :
         draw_units(amounts, size, sample_number(std::to_string(seed) + "\n")).chosen)
      ++chosen[each.index];
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    const double p = std::min(1.0, static_cast<double>(size) * static_cast<double>(amounts[i]) /
                                       static_cast<double>(total));
    const double expected = seeds * p;
    const double deviation = std::sqrt(seeds * p * (1 - p));
    INFO("amount " << amounts[i] << " was chosen " << chosen[i] << " times of " << expected);
    CHECK(std::abs(chosen[i] - expected) <= 5 * deviation + 1);
  }
}

TEST_CASE("an amount not smaller than the interval is chosen whatever the start, and said to be") {
  const Amounts amounts = {10, 500, 10, 10, 250, 20};  // 800 pence, intervals of 200
  for (std::uint64_t start = 0; start < 800; ++start) {
    const auto sample = draw_units(amounts, 4, start);
    for (const auto& chosen : sample.chosen) CHECK(chosen.certain == (amounts[chosen.index] >= 200));
    CHECK(times_on(sample, 1) >= 2);
    CHECK(times_on(sample, 4) >= 1);
  }
}

TEST_CASE("where there are no more amounts than selections all are chosen, and nothing else ever") {
  const Amounts amounts = {0, 5, -7, 100'000, 1};
  const auto sample = draw_units(amounts, 3, 12345);
  CHECK(sample.all);
  CHECK(sample.counted == 3);
  REQUIRE(sample.chosen.size() == 3);
  CHECK(sample.chosen[0].index == 1);
  CHECK(sample.chosen[1].index == 3);
  CHECK(sample.chosen[2].index == 4);
  CHECK(draw_units(amounts, UnitSample::max_size, 1).chosen.size() == 3);
}

TEST_CASE("of nothing, of zeros and of what came back alone nothing is drawn") {
  CHECK(draw_units({}, 5, 1).chosen.empty());
  CHECK(draw_units(Amounts{0, -3, 0}, 5, 1).chosen.empty());
  CHECK(draw_units(Amounts{0, -3, 0}, 5, 1).counted == 0);
}

TEST_CASE("sums beyond 64 bits are drawn from without loss") {
  const Amounts amounts(1'000, INT64_MAX);
  const auto sample = draw_units(amounts, 100, sample_number("huge\n"));
  CHECK(sample.total == static_cast<Wide>(INT64_MAX) * 1'000);
  CHECK(selections_of(sample) == 100);
  for (const auto& chosen : sample.chosen) CHECK(chosen.times == 1);
}

TEST_CASE("a sample's number is what sha256sum makes of the same lines") {
  // printf 'braid sample 1\nseed\n' | sha256sum
  CHECK(sample_number("seed\n") ==
        (static_cast<UnsignedWide>(0xdbf749e82c029542U) << 64 | 0x5bbc914c618620dfU));
  CHECK(sample_number("seed\n") != sample_number("seed \n"));
}

}  // namespace braid::test
