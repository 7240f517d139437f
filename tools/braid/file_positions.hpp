#pragma once
#include <filesystem>

#include "adapters/kafka/follower.hpp"
#include "adapters/lmdb/ledger_directory.hpp"

namespace braid::cli {

/// How far each partition of a copy has been read from its topic: `positions/<partition>` in the
/// copy's folder, replaced in one step.
class FilePositions final : public kafka::PositionStore {
 public:
  static constexpr std::size_t max_bytes = 1 << 20;

  explicit FilePositions(const lmdb::LedgerDirectory& directory)
      : folder_(directory.root() / "positions") {}

  [[nodiscard]] std::optional<OwnedBytes> load(std::uint32_t partition) const override;
  void store(std::uint32_t partition, Bytes position) override;

 private:
  [[nodiscard]] std::filesystem::path file(std::uint32_t partition) const;

  std::filesystem::path folder_;
};

}  // namespace braid::cli
