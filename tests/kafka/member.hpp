#pragma once
#include <map>
#include <mutex>
#include <set>

#include "adapters/kafka/membership.hpp"
#include "tests/kafka/ledger_topics.hpp"

namespace braid::test {

/// A member of a ledger's group, once it has joined, and what it was told.
class Asking {
 public:
  static constexpr int session_timeout_ms = 600;

  Asking(const LedgerTopics& ledger, std::uint32_t partitions) {
    kafka::Membership::Options options{.group = ledger.topics.prefix() + ".sequencers",
                                       .partitions = {register_partition},
                                       .session_timeout_ms = session_timeout_ms};
    for (std::uint32_t i = 0; i < partitions; ++i) options.partitions.push_back(i);
    options.assigned = [this](std::uint32_t partition) {
      const std::lock_guard lock(mutex_);
      held_.insert(partition);
    };
    options.revoked = [this](std::uint32_t partition) {
      const std::lock_guard lock(mutex_);
      held_.erase(partition);
      ++revoked_[partition];
    };
    options.say = [this](const std::string& sentence) {
      const std::lock_guard lock(mutex_);
      said_ += sentence + "\n";
    };
    membership_ = std::make_unique<kafka::Membership>(ledger.connection, ledger.topics,
                                                      std::move(options));
  }

  void join() { membership_->join(); }
  void leave() { membership_ = nullptr; }
  [[nodiscard]] kafka::Membership& membership() const { return *membership_; }

  [[nodiscard]] std::set<std::uint32_t> held() const {
    const std::lock_guard lock(mutex_);
    return held_;
  }
  [[nodiscard]] int times_revoked(std::uint32_t partition) const {
    const std::lock_guard lock(mutex_);
    const auto at = revoked_.find(partition);
    return at == revoked_.end() ? 0 : at->second;
  }
  [[nodiscard]] std::string said() const {
    const std::lock_guard lock(mutex_);
    return said_;
  }

 private:
  mutable std::mutex mutex_;
  std::set<std::uint32_t> held_;
  std::map<std::uint32_t, int> revoked_;
  std::string said_;
  std::unique_ptr<kafka::Membership> membership_;  // last: it speaks to the others until its end
};

/// One that joins at once.
class Member : public Asking {
 public:
  Member(const LedgerTopics& ledger, std::uint32_t partitions) : Asking(ledger, partitions) {
    join();
  }
};

}  // namespace braid::test
