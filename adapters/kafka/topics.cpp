#include "adapters/kafka/topics.hpp"

#include <algorithm>
#include <array>

#include "events/check.hpp"

namespace braid::kafka {
namespace {

enum class Of { places, the_register, all };

struct Row {
  std::string_view suffix;
  TopicRole role;
  Of of;
};

// clang-format off
constexpr std::array table = {
    Row{".submissions",          TopicRole::submissions, Of::places},
    Row{".register.submissions", TopicRole::submissions, Of::the_register},
    Row{".ledger",               TopicRole::log,         Of::places},
    Row{".register",             TopicRole::log,         Of::the_register},
    Row{".receipts",             TopicRole::receipts,    Of::places},
    Row{".register.receipts",    TopicRole::receipts,    Of::the_register},
    Row{".checkpoints",          TopicRole::checkpoints, Of::all},
};
// clang-format on

}  // namespace

std::string text_of(const TopicPartition& place) {
  return place.topic + "/" + std::to_string(place.partition);
}

TopicPartition Topics::find(TopicRole role, std::uint32_t partition) const {
  const bool of_register = partition == register_partition;
  const auto row = std::ranges::find_if(table, [&](const Row& each) {
    return each.role == role &&
           (each.of == Of::all || (each.of == Of::the_register) == of_register);
  });
  check(row != table.end(), "every role has its rows in the table of topics");
  const bool alone = of_register || row->of == Of::all;
  return {prefix_ + std::string(row->suffix), alone ? 0 : static_cast<std::int32_t>(partition)};
}

TopicPartition Topics::log(std::uint32_t partition) const {
  return find(TopicRole::log, partition);
}
TopicPartition Topics::submissions(std::uint32_t partition) const {
  return find(TopicRole::submissions, partition);
}
TopicPartition Topics::receipts(std::uint32_t partition) const {
  return find(TopicRole::receipts, partition);
}
TopicPartition Topics::checkpoints() const { return find(TopicRole::checkpoints, 0); }

std::uint32_t Topics::partition_of_submissions(const TopicPartition& from) const {
  if (from.topic == submissions(register_partition).topic) return register_partition;
  check(from.topic == submissions(0).topic, "submissions come by the topics of submissions");
  return static_cast<std::uint32_t>(from.partition);
}

std::string Topics::source(std::uint32_t partition) const {
  return "/" + prefix_ + "/" +
         (partition == register_partition ? "register" : std::to_string(partition));
}

std::vector<LedgerTopic> Topics::all(std::uint32_t partitions) const {
  std::vector<LedgerTopic> topics;
  for (const auto& row : table)
    topics.push_back({prefix_ + std::string(row.suffix), row.role,
                      row.of == Of::places ? static_cast<std::int32_t>(partitions) : 1});
  return topics;
}

}  // namespace braid::kafka
