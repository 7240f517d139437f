#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/kafka/topics.hpp"

namespace braid::kafka {

/// This process's part in a consumer group that shares out a ledger's partitions (cooperative-sticky). It
/// fetches nothing. Being a member makes nothing safe; the barrier does. Thread: its own, on which
/// the functions of Options are called, one at a time; they must not wait.
class Membership {
 public:
  struct Options {
    std::string group;                    ///< "braid.sequencers"
    std::vector<std::uint32_t> partitions;  ///< the ledger's, the register among them
    int session_timeout_ms = 6000;
    std::function<void(std::uint32_t partition)> assigned;
    /// Also when membership was lost: stop at once.
    std::function<void(std::uint32_t partition)> revoked;
    std::function<void(std::string)> say;
  };

  Membership(const Connection& connection, Topics topics, Options options);
  /// Leaves the group, so that others take over at once.
  ~Membership();
  Membership(const Membership&) = delete;
  Membership& operator=(const Membership&) = delete;

  /// The group's offset of a partition's submissions: up to here receipts are known to be delivered.
  /// 0 where none was ever stored. Throws Fault.
  [[nodiscard]] std::int64_t delivered(std::uint32_t partition) const;
  /// Stores it, at ease. Advisory.
  void set_delivered(std::uint32_t partition, std::int64_t offset);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace braid::kafka
