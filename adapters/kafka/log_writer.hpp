#pragma once
#include <functional>
#include <memory>
#include <string>

#include "adapters/kafka/event_log.hpp"
#include "adapters/kafka/log_producer.hpp"

namespace braid::kafka {

/// A partition's writer (EventLog::take_over): sends, and believes only what the follower has read
/// back. Borrows all. Thread: one.
class LogWriter final : public ledger::LogWriter {
 public:
  LogWriter(const Connection& connection, const Topics& topics, std::uint32_t partition,
            Follower& follower, const EventLog::Options& options);

  /// Steps 1 to 3 of the protocol, once, before anything is appended. Throws as EventLog::take_over.
  void take_over();
  Sequence append(Sequence expected, std::span<const Bytes> entries) override;

 private:
  using Done = std::function<bool(const Followed&)>;

  template <class Work>
  auto or_end(Work work);
  void begin();
  Followed raise_barrier(const WriterId& before);
  void open(const Followed& found);
  Sequence append_some(Sequence expected, std::span<const Bytes> entries);
  void send(std::string_view kind, std::string_view event_type, const std::string& id, Bytes value);
  void await(const Done& done);
  Offset await_delivery();
  /// Throws Fenced where another has taken over; else how many entries there are.
  Sequence check_current();
  void check_stopping() const;
  [[noreturn]] void end_as_void(const std::string& what) const;

  std::uint32_t partition_;
  std::string place_;  ///< "braid.ledger/3"
  Follower& follower_;
  const EventLog::Options& options_;
  WriterId own_;
  std::unique_ptr<LogProducer> producer_;  ///< nothing: this writer has ended
  bool current_ = false;                   ///< the barrier was read back
};

}  // namespace braid::kafka
