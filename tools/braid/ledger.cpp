#include "tools/braid/ledger.hpp"

#include <charconv>
#include <chrono>

#include "adapters/lmdb/event_log.hpp"
#include "events/entry.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {

std::vector<std::uint32_t> Founding::all_partitions() const {
  std::vector<std::uint32_t> all = {register_partition};
  for (std::uint32_t partition = 0; partition < partitions; ++partition) all.push_back(partition);
  return all;
}

std::optional<Founding> read_founding(const EntrySource& registry) {
  EntryBatch batch;
  registry.read(0, 4096, std::chrono::milliseconds{0}, batch);
  for (std::size_t i = 0; i < batch.entries.size() && i < 2;
       ++i) {  // `received`, then the founding event
    const EntryReader entry(batch.entries[i]);
    if (!entry.get().isAccepted()) continue;
    const EventReader event(*entry.event_bytes());
    if (event.kind() != Kind::LEDGER_FOUNDED) break;
    const auto founded = event.get().getBody().getLedgerFounded();
    const auto key = founded.getOperatorKey();
    const auto parsed = PublicKey::from_bytes(std::as_bytes(std::span(key.begin(), key.size())));
    if (!parsed) break;
    return Founding{.name = founded.getName().cStr(),
                    .partitions = founded.getPartitions(),
                    .operator_ = event.get().getPublisher().cStr(),
                    .operator_key = *parsed};
  }
  if (batch.entries.size() < 2) return std::nullopt;
  throw HistoryBroken(
      "the register does not begin with the founding of a ledger: it was altered, or is of "
      "something else");
}

Ledger open_ledger(const std::filesystem::path& path) {
  auto directory = lmdb::LedgerDirectory::open(path);
  if (!directory) throw UsageError(directory.error());
  auto founding = read_founding(*lmdb::EventLog(*directory).reader(register_partition));
  if (!founding)
    throw UsageError(
        path.string() +
        " is a ledger that was never founded: `braid init` was stopped half-way. Run it again "
        "for the same directory; it goes on where it stopped");
  return {std::move(*directory), std::move(*founding)};
}

std::string name_of_partition(std::uint32_t partition) {
  return partition == register_partition ? "register" : std::to_string(partition);
}

std::uint32_t partition_named(const Founding& founding, const std::string& name) {
  if (name == "register") return register_partition;
  std::uint32_t partition = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), partition);
  if (error == std::errc() && end == name.data() + name.size() && partition < founding.partitions)
    return partition;
  throw UsageError("the ledger " + founding.name + " has no partition \"" + name +
                   "\"; give \"register\" or a number from 0 to " +
                   std::to_string(founding.partitions - 1));
}

std::vector<std::uint32_t> partitions_named(const Founding& founding, const std::string& name) {
  return name.empty() ? founding.all_partitions() : std::vector{partition_named(founding, name)};
}

std::int64_t now_us() {
  using std::chrono::microseconds;
  return std::chrono::duration_cast<microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace braid::cli
