// Any bytes are entries one after another, as a bundle of C2SP tlog-tiles holds them, or are
// refused; read as a history they have an auditor's answer, the same by one thread and by two.
#include "events/check.hpp"
#include "events/read_entries.hpp"
#include "events/table/memory_row_store.hpp"
#include "ledger/audit/entry_list.hpp"
#include "ledger/tlog_tiles.hpp"
#include "ledger/verify.hpp"

using namespace braid;
using namespace braid::ledger;

namespace {

Verified verify(const std::vector<OwnedBytes>& entries, unsigned threads) {
  const EntryList own(entries);
  const EntryList lookups(entries);
  MemoryRowStore scratch;
  return Verifier("small", register_partition, {own, lookups, own}, scratch, {.threads = threads})
      .run();
}

void read_each(const std::vector<OwnedBytes>& entries) {
  const EntryList source(entries);
  ReadEntries batch;
  batch.read(source, 0, ReadEntries::batch_bytes, std::chrono::milliseconds{0},
             ReadEntries::Events::formed);
  check(batch.entries().size() == entries.size() || !batch.unreadable().empty(),
        "what is left out has a reason");
  for (const auto& entry : batch.entries())
    check(entry.leaf == leaf_hash(entries[static_cast<std::size_t>(
                            &entry - batch.entries().data())]),
          "an entry is hashed as it stands");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bundle = entries_of(std::as_bytes(std::span(data, size)));
  if (!bundle || bundle->empty()) return 0;
  std::vector<OwnedBytes> entries;
  for (const auto entry : *bundle) entries.emplace_back(entry.begin(), entry.end());
  read_each(entries);
  const auto one = verify(entries, 1);
  const auto two = verify(entries, 2);
  check(one.entries == two.entries && one.bad.has_value() == two.bad.has_value(),
        "the answer depends on the bytes alone");
  if (one.bad)
    check(one.bad->sequence == two.bad->sequence && one.bad->question == two.bad->question,
          "the first bad entry, too");
  return 0;
}
