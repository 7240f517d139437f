#include "events/table/memory_row_store.hpp"

#include <catch2/catch.hpp>

#include "tests/events/row_store_contract.hpp"

using namespace braid;
using namespace braid::test;

namespace {

class InMemory final : public RowStoreUnderTest {
 public:
  RowStore& store() override { return store_; }
  void reopen() override {}

 private:
  MemoryRowStore store_;
};

}  // namespace

TEST_CASE("the store in memory keeps the contract of row stores") {
  row_store_contract([] { return std::make_unique<InMemory>(); });
}
