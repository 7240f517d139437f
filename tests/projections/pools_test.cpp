#include <catch2/catch.hpp>

#include "tests/projections/folded.hpp"

namespace braid::test {

using namespace projections;

namespace {

const PoolPartner& partner(const PoolRow& pool, const Strand& strand) {
  for (const auto& each : pool.partners)
    if (each.strand == strand) return each;
  throw std::runtime_error("the pool has no such partner");
}

}  // namespace

TEST_CASE("a pool is in force on the day its last partner signs") {
  auto given = history();
  const auto joint_act = a_pool();
  given.with(joint_act[0]).with(joint_act[1]);
  CHECK(Date{Folded(given).rows<PoolRow>().at(0).in_force}.is_none());
  given.with(joint_act[2]);
  CHECK_FALSE(Date{Folded(given).rows<PoolRow>().at(0).in_force}.is_none());
}

TEST_CASE("a pool shows what each partner promised and paid") {
  const Folded folded(history().with(a_pool()));
  const auto pool = folded.rows<PoolRow>().at(0);
  CHECK(pool.balance == 1'000'00);
  CHECK(partner(pool, nhs).committed == 600'00);
  CHECK(partner(pool, nhs).paid == 600'00);
  CHECK(partner(pool, care).paid == 400'00);
}

TEST_CASE("what is spent from a pool falls on its partners by what they have in it, to the penny") {
  auto given = history().with(a_pool());
  given.with(pool_spent("pool", "scheme", 333'33));
  const auto pool = Folded(given).rows<PoolRow>().at(0);
  CHECK(pool.balance == 1'000'00 - 333'33);
  CHECK(partner(pool, nhs).spent + partner(pool, care).spent == 333'33);
  CHECK(partner(pool, nhs).spent == 200'00);
  CHECK(pool.schemes.at(0).spent == 333'33);
}

}  // namespace braid::test
