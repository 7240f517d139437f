#pragma once
#include <rapidcheck.h>

#include "tests/events/schema/rows_example.rows.hpp"

namespace braid::test {

/// A row whose every field says something.
Everything full_row();
/// The `number`th of many different payments, with keys that grow.
Payment a_payment(std::uint64_t number);
/// A key that often equals, or differs in one field from, another such key.
rc::Gen<EveryKey::Key> near_key();

}  // namespace braid::test

namespace rc {

template <>
struct Arbitrary<braid::test::Everything> {
  static Gen<braid::test::Everything> arbitrary();
};
template <>
struct Arbitrary<braid::test::Payment> {
  static Gen<braid::test::Payment> arbitrary();
};

}  // namespace rc
