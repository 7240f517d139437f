#include "adapters/kafka/event_log.hpp"

#include "adapters/kafka/log_writer.hpp"

namespace braid::kafka {

EventLog::EventLog(const Connection& connection, Topics topics, const ledger::EventLog& copy,
                   Follower& follower, Options options)
    : connection_(connection),
      topics_(std::move(topics)),
      copy_(copy),
      follower_(follower),
      options_(std::move(options)) {}

EventLog::~EventLog() = default;

std::unique_ptr<EntrySource> EventLog::reader(std::uint32_t partition) const {
  follower_.follow(partition);
  return copy_.reader(partition);
}

std::unique_ptr<ledger::LogWriter> EventLog::take_over(std::uint32_t partition) {
  follower_.follow(partition);
  auto writer =
      std::make_unique<LogWriter>(connection_, topics_, partition, follower_, options_);
  writer->take_over();
  return writer;
}

}  // namespace braid::kafka
