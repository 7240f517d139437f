#pragma once
#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "events/table/row_store.hpp"

namespace braid::test {

/// What the contract is run on: makes a store and, where the store outlives the program, opens the
/// same one anew.
class RowStoreUnderTest {
 public:
  virtual ~RowStoreUnderTest() = default;
  virtual RowStore& store() = 0;
  /// Closes and opens it again. A store in memory has nothing to do.
  virtual void reopen() = 0;
};

/// What every RowStore promises, as one test case: `TEST_CASE("...") { row_store_contract([] {
/// return make_mine(); }); }`. `make` gives a new, empty store each time it is called.
void row_store_contract(const std::function<std::unique_ptr<RowStoreUnderTest>()>& make);

}  // namespace braid::test
