#include <catch2/catch.hpp>

#include "adapters/lmdb/event_log.hpp"
#include "adapters/lmdb/row_store.hpp"
#include "ledger/memory_log.hpp"
#include "projections/worker.hpp"
#include "tests/support/small_ledger.hpp"
#include "tests/support/temporary_folder.hpp"

namespace braid::test {
namespace {

Digest fold(const ledger::EventLog& log, std::uint32_t partition, RowStore& store) {
  const auto source = log.reader(partition);
  projections::Worker worker(*source, store, {});
  worker.catch_up();
  return projections::views_digest(store);
}

}  // namespace

TEST_CASE(
    "the embedded and the in-memory engine give byte-identical views for the same submissions") {
  const support::TemporaryFolder folder;
  auto directory = lmdb::LedgerDirectory::create(folder / "ledger");
  REQUIRE(directory.has_value());
  lmdb::EventLog embedded(*directory);
  ledger::MemoryLog memory;
  synth::County county({.seed = 21, .people = 30, .panel = 6});
  SmallLedger on_disk(embedded);
  SmallLedger in_memory(memory);
  const auto publish = [&](const synth::Batch& batch) {
    CHECK(on_disk.publish(county, batch) == in_memory.publish(county, batch));
  };
  for (const auto& batch : county.registry(SmallLedger::name, 1)) publish(batch);
  for (int i = 0; i < 50; ++i) publish(county.next(20));
  CHECK(on_disk.state().own_chain.root() == in_memory.state().own_chain.root());
  for (const auto partition : {register_partition, 0U}) {
    lmdb::RowStore rows(folder / ("views-" + std::to_string(partition)));
    MemoryRowStore other_rows;
    CHECK(fold(embedded, partition, rows) == fold(memory, partition, other_rows));
  }
}

}  // namespace braid::test
