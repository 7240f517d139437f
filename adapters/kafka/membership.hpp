#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/kafka/topics.hpp"

namespace braid::kafka {

/// This process's part in a consumer group that shares out a ledger's partitions, cooperatively:
/// who keeps a partition is not disturbed by others' coming and going. It fetches nothing. Being a
/// member makes nothing safe; the barrier does.
class Membership {
 public:
  struct Options {
    std::string group;                      ///< "braid.sequencers"
    std::vector<std::uint32_t> partitions;  ///< the ledger's, the register among them
    int session_timeout_ms = 6000;          ///< the brokers' least, unless told otherwise
    /// Called on a thread of this object's own, one at a time; they must not wait: a member that
    /// does is taken for dead after `session_timeout_ms` times `patience_with_callbacks`.
    std::function<void(std::uint32_t partition)> assigned;
    /// Also when membership was lost, and for all that are left when this ends: stop at once.
    std::function<void(std::uint32_t partition)> revoked;
    std::function<void(std::string)> say;
  };
  static constexpr int patience_with_callbacks = 5;

  /// Not a member yet: see `join`. Throws Fault.
  Membership(const Connection& connection, Topics topics, Options options);
  /// Leaves the group, so that others take over at once.
  ~Membership();
  Membership(const Membership&) = delete;
  Membership& operator=(const Membership&) = delete;

  /// Joins the group: from now on partitions may be given to this process. Once. Throws IoFault.
  /// Thread: any.
  void join();
  /// The group's offset of a partition's submissions: up to here answers are known to be delivered.
  /// Where the group has none, for brokers forget those of an empty group, what the last answers
  /// say; 0 where there are none. Throws IoFault. Waits for brokers up to 10 s each. Thread: any.
  [[nodiscard]] std::int64_t delivered(std::uint32_t partition) const;
  /// Stores it, at ease: the newest of each partition, some times a second, while this member has
  /// the partition and the group is not being shared out anew. Advisory: nothing is said where it
  /// fails. Thread: any.
  void set_delivered(std::uint32_t partition, std::int64_t offset);
  /// Messages that came all the same, between a partition's being given and its being paused: for
  /// metrics; next to none.
  [[nodiscard]] std::uint64_t fetched() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace braid::kafka
