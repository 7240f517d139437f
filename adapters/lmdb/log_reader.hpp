#pragma once
#include <memory>
#include <mutex>
#include <optional>

#include "adapters/lmdb/bell.hpp"
#include "adapters/lmdb/log_pages.hpp"

namespace braid::lmdb {

/// The file beside a log's data that wakes its readers.
inline std::filesystem::path bell_file(const std::filesystem::path& log_folder) {
  return log_folder / "bell";
}

/// Follows one partition's log; opens it when it is there. Thread: the reader's own.
class LogReader final : public EntrySource {
 public:
  LogReader(std::filesystem::path folder, EnvironmentOptions options);

  [[nodiscard]] Sequence size() const override;
  void read(Sequence from, std::size_t max_bytes, std::chrono::milliseconds patience,
            EntryBatch& batch) const override;

 private:
  struct Opened {
    std::shared_ptr<Environment> environment;
    ReadTransaction moment;
    LogPages pages;
    Bell bell;
    Opened(const std::filesystem::path& folder, const EnvironmentOptions& options);
  };

  Opened* open() const;
  void read_present(Opened& log, Sequence from, std::size_t max_bytes, EntryBatch& batch) const;

  std::filesystem::path folder_;
  EnvironmentOptions options_;
  mutable std::unique_ptr<Opened> opened_;
};

}  // namespace braid::lmdb
