#pragma once
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/kafka/event_log.hpp"
#include "adapters/lmdb/event_log.hpp"

namespace braid::support {

/// Positions in files of one folder.
class FilePositions final : public kafka::PositionStore {
 public:
  explicit FilePositions(std::filesystem::path folder);
  [[nodiscard]] std::optional<OwnedBytes> load(std::uint32_t partition) const override;
  void store(std::uint32_t partition, Bytes position) override;

 private:
  [[nodiscard]] std::filesystem::path file(std::uint32_t partition) const;
  std::filesystem::path folder_;
};

/// What one process has of a ledger on Kafka: a copy in a folder of its own, a follower and the
/// engine. Ends as a process does that is told to: positions stored.
class KafkaProcess {
 public:
  /// The topics are there already.
  KafkaProcess(const std::string& brokers, const std::string& prefix,
               const std::filesystem::path& data, kafka::EventLog::Options options = {});

  /// What it told its operator.
  [[nodiscard]] std::vector<std::string> said() const;
  [[nodiscard]] bool has_said(std::string_view part) const;

  kafka::Connection connection;
  kafka::Topics topics;
  lmdb::EventLog copy;
  FilePositions positions;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> said_;

 public:
  kafka::Follower follower;
  kafka::EventLog log;
};

/// Makes the topics of a ledger, as on a single broker.
void make_topics(const std::string& brokers, const std::string& prefix,
                 std::uint32_t partitions = 1);

}  // namespace braid::support
