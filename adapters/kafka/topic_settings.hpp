#pragma once
#include <span>
#include <string_view>

#include "adapters/kafka/topics.hpp"

namespace braid::kafka {

/// A setting of a topic on which the ledger's promises rest: how it is made, and what is safe.
struct TopicSetting {
  std::string_view name;  ///< as Kafka names it
  std::string_view value;  ///< with which a topic is made
  std::string_view value_on_single_broker;
  bool (*is_safe)(std::string_view found);
  std::string_view expected;  ///< what is safe, for people
  bool (*concerns)(TopicRole role);
  bool tolerated_on_single_broker = false;
  std::string_view why;  ///< what may be lost, and the remedy, in a sentence
};

/// Every one: making topics and checking them go by this table.
std::span<const TopicSetting> topic_settings();

inline constexpr int replicas = 3;
inline constexpr int in_sync_replicas = 2;

}  // namespace braid::kafka
