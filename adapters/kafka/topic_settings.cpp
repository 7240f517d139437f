#include "adapters/kafka/topic_settings.hpp"

#include <array>
#include <charconv>
#include <cstdint>

namespace braid::kafka {
namespace {

constexpr std::int64_t max_message_bytes = 1 << 20;

/// 0 where it is no number: safe for no setting.
std::int64_t number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

bool is_delete(std::string_view found) { return found == "delete"; }
bool is_false(std::string_view found) { return found == "false"; }
bool is_without_end(std::string_view found) { return number_in(found) == -1; }
bool is_append_time(std::string_view found) { return found == "LogAppendTime"; }
bool is_enough_in_sync(std::string_view found) { return number_in(found) >= in_sync_replicas; }
bool is_large_enough(std::string_view found) { return number_in(found) >= max_message_bytes; }

bool is_unpacked(std::string_view found) { return found == "uncompressed"; }

bool any(TopicRole) { return true; }
bool submissions_only(TopicRole role) { return role == TopicRole::submissions; }
bool log_only(TopicRole role) { return role == TopicRole::log; }
/// What a sequencer has decided is in the log: submissions may be forgotten.
bool all_but_submissions(TopicRole role) { return role != TopicRole::submissions; }

// clang-format off
constexpr std::array table = {
    //           name                           made with       on one broker    is safe             expected              of topics            tolerated
    TopicSetting{"cleanup.policy",                 "delete",        "delete",        is_delete,          "delete",             any,                 false,
        "a compacted topic loses messages, so that its history has gaps; set it to delete"},
    TopicSetting{"retention.ms",                   "-1",            "-1",            is_without_end,     "-1 (kept for ever)", all_but_submissions, false,
        "the brokers delete what is older, and history cannot be read from its beginning; set it to -1"},
    TopicSetting{"retention.bytes",                "-1",            "-1",            is_without_end,     "-1 (kept for ever)", all_but_submissions, false,
        "the brokers delete what is above, and history cannot be read from its beginning; set it to -1"},
    TopicSetting{"min.insync.replicas",            "2",             "1",             is_enough_in_sync,  "2 or more",          any,                 true,
        "what one broker alone has is lost with its disk, receipts given for it too; set it to 2"},
    TopicSetting{"unclean.leader.election.enable", "false",         "false",         is_false,           "false",              any,                 false,
        "a broker that missed the last messages may lead, and cut them from history; set it to false"},
    TopicSetting{"max.message.bytes",              "1048588",       "1048588",       is_large_enough,    "1048576 or more",    any,                 false,
        "the largest submissions would be refused by the brokers; set it to 1048588"},
    TopicSetting{"compression.type",               "uncompressed",  "uncompressed",  is_unpacked,        "uncompressed",       submissions_only,    false,
        "the brokers bound what is packed, and a small message may unpack to more than a sequencer's memory; set it to uncompressed"},
    TopicSetting{"message.timestamp.type",         "LogAppendTime", "LogAppendTime", is_append_time,     "LogAppendTime",      log_only,            false,
        "a sequencer compares its clock with the brokers' before it serves, and finds its own here; set it to LogAppendTime"},
};
// clang-format on

}  // namespace

std::span<const TopicSetting> topic_settings() { return table; }

}  // namespace braid::kafka
