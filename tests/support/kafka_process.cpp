#include "tests/support/kafka_process.hpp"

#include <algorithm>

#include "adapters/lmdb/durable_file.hpp"

namespace braid::support {
namespace {

kafka::Connection connect(const std::string& brokers) {
  return kafka::Connection::open({brokers, "braid", "unused", {}}).value();
}

lmdb::LedgerDirectory directory_in(const std::filesystem::path& root) {
  if (auto there = lmdb::LedgerDirectory::open(root)) return *there;
  return lmdb::LedgerDirectory::create(root).value();
}

kafka::EventLog::Options saying(kafka::EventLog::Options options,
                                std::function<void(std::string)> say) {
  options.say = std::move(say);
  return options;
}

}  // namespace

FilePositions::FilePositions(std::filesystem::path folder) : folder_(std::move(folder)) {
  lmdb::make_folder(folder_);
}

std::optional<OwnedBytes> FilePositions::load(std::uint32_t partition) const {
  constexpr std::size_t plenty = 1 << 20;
  const auto text = lmdb::read_file(file(partition), plenty);
  if (!text) return std::nullopt;
  const auto bytes = as_bytes(*text);
  return OwnedBytes(bytes.begin(), bytes.end());
}

void FilePositions::store(std::uint32_t partition, Bytes position) {
  lmdb::replace_file(file(partition), as_text(position));
}

std::filesystem::path FilePositions::file(std::uint32_t partition) const {
  return folder_ / std::to_string(partition);
}

KafkaProcess::KafkaProcess(const std::string& brokers, const std::string& prefix,
                           const std::filesystem::path& data, kafka::EventLog::Options options)
    : connection(connect(brokers)),
      topics(prefix),
      copy(directory_in(data / "copy")),
      positions(data / "positions"),
      follower(connection, topics, copy, positions,
               {.say =
                    [this](std::string what) {
                      std::lock_guard lock(mutex_);
                      said_.push_back(std::move(what));
                    },
                .moved = {}}),
      log(connection, topics, copy, follower,
          saying(std::move(options), [this](std::string what) {
            std::lock_guard lock(mutex_);
            said_.push_back(std::move(what));
          })) {}

std::vector<std::string> KafkaProcess::said() const {
  std::lock_guard lock(mutex_);
  return said_;
}

bool KafkaProcess::has_said(std::string_view part) const {
  return std::ranges::any_of(said(), [&](const std::string& each) {
    return each.find(part) != std::string::npos;
  });
}

void make_topics(const std::string& brokers, const std::string& prefix,
                 std::uint32_t partitions) {
  kafka::create_topics(connect(brokers), kafka::Topics(prefix), partitions, true);
}

}  // namespace braid::support
