#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "adapters/kafka/topics.hpp"
#include "ledger/answer.hpp"

namespace braid::kafka {

/// A publisher's side: sends framed submissions, each to its partition, and collects their answers. Thread: one.
class Publisher {
 public:
  Publisher(const Connection& connection, Topics topics);
  ~Publisher();
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

  /// Returns when the brokers have it: a number for `receive`. Where that is not known it is sent again, which is
  /// safe, since events are known by their ids. Throws IoFault where brokers refuse it.
  std::uint64_t send(std::uint32_t partition, std::string_view place, Bytes framed);
  /// The whole answer to what `send` numbered so; nothing where `patience` ran out.
  std::optional<ledger::Answer> receive(std::uint64_t number, std::chrono::milliseconds patience);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace braid::kafka
