#include "events/table/row_overlay.hpp"

#include <catch2/catch.hpp>

#include "events/table/memory_row_store.hpp"
#include "tests/events/row_store_contract.hpp"

using namespace braid;
using namespace braid::test;

namespace {

/// Rows below, and changes above. Opened again, what was read through both lies below, and nothing
/// above.
class OverRows final : public RowStoreUnderTest {
 public:
  RowStore& store() override { return *overlay_; }
  void reopen() override {
    auto below = std::make_unique<MemoryRowStore>();
    const auto position = overlay_->position();
    for (const auto* table : {"one", "two", "people", "pools"}) {
      std::vector<OwnedBytes> bytes;
      overlay_->scan(table, {}, [&](Bytes key, Bytes value) {
        bytes.emplace_back(key.begin(), key.end());
        bytes.emplace_back(value.begin(), value.end());
        return true;
      });
      std::vector<RowChange> rows;
      for (std::size_t i = 0; i < bytes.size(); i += 2) rows.push_back({bytes[i], bytes[i + 1]});
      const TableChanges all{table, rows};
      below->commit(std::span(&all, 1), position.value_or(Bytes()));
    }
    overlay_.reset();
    below_ = std::move(below);
    above_ = std::make_unique<MemoryRowStore>();
    overlay_ = std::make_unique<RowOverlay>(*below_, *above_);
  }

 private:
  std::unique_ptr<MemoryRowStore> below_ = std::make_unique<MemoryRowStore>();
  std::unique_ptr<MemoryRowStore> above_ = std::make_unique<MemoryRowStore>();
  std::unique_ptr<RowOverlay> overlay_ = std::make_unique<RowOverlay>(*below_, *above_);
};

}  // namespace

TEST_CASE("rows with changes above them keep the contract of row stores") {
  row_store_contract([] { return std::make_unique<OverRows>(); });
}

TEST_CASE("what is changed above rows leaves them as they were") {
  MemoryRowStore below;
  const RowChange first{as_bytes("a"), as_bytes("1")};
  const TableChanges before{"people", std::span(&first, 1)};
  below.commit(std::span(&before, 1), as_bytes("one"));
  MemoryRowStore above;
  RowOverlay both(below, above);
  CHECK(as_text(*both.position()) == "one");

  const RowChange erased{as_bytes("a"), std::nullopt};
  const TableChanges after{"people", std::span(&erased, 1)};
  both.commit(std::span(&after, 1), as_bytes("two"));

  CHECK(!both.get("people", as_bytes("a")));
  CHECK(!both.last_key("people"));
  CHECK(as_text(*both.position()) == "two");
  CHECK(as_text(*below.get("people", as_bytes("a"))) == "1");
  CHECK(as_text(*below.position()) == "one");
}

TEST_CASE("rows above are met in their order however many there are") {
  MemoryRowStore below, above;
  RowOverlay both(below, above);
  std::vector<std::string> keys;
  for (int i = 0; i < 1'000; ++i) keys.push_back(std::to_string(10'000 + i));
  const auto put = [&](RowStore& store, auto wanted) {
    std::vector<RowChange> rows;
    for (std::size_t i = 0; i < keys.size(); ++i)
      if (wanted(i)) rows.push_back({as_bytes(keys[i]), as_bytes(keys[i])});
    const TableChanges all{"people", rows};
    store.commit(std::span(&all, 1), {});
  };
  put(below, [](std::size_t i) { return i % 3 == 0; });
  put(both, [](std::size_t i) { return i % 3 != 0; });
  std::vector<std::string> met;
  both.scan("people", {}, [&](Bytes key, Bytes value) {
    CHECK(as_text(key) == as_text(value));
    met.emplace_back(as_text(key));
    return true;
  });
  CHECK(met == keys);
}
