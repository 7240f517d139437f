#include "adapters/kafka/faults.hpp"

#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <array>

namespace braid::kafka {
namespace {

struct Row {
  rd_kafka_resp_err_t error;
  Remedy remedy;
  std::string_view meaning;
};

constexpr std::string_view no_answer = "no broker answers; is the address right, and do they run?";
constexpr std::string_view moving = "its leader is moving to another broker";
constexpr std::string_view thin =
    "fewer replicas are in sync than min.insync.replicas asks for; start the brokers that are away";
constexpr std::string_view denied =
    "the brokers do not let this user do it; ask whoever keeps their access lists";
constexpr std::string_view untrusted =
    "the brokers and this program do not trust each other; look at the security settings of the "
    "file in config=FILE";
constexpr std::string_view missing = "there is no such topic or partition; `braid init` makes them";
constexpr std::string_view too_large =
    "the message is larger than the topic takes; `braid topics check` names the setting";
constexpr std::string_view fenced = "the brokers take nothing more from this producer";
constexpr std::string_view dropped = "this program ended before the brokers had answered";

// clang-format off
constexpr std::array table = {
    Row{RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN,                Remedy::wait,    no_answer},
    Row{RD_KAFKA_RESP_ERR__TRANSPORT,                       Remedy::wait,    no_answer},
    Row{RD_KAFKA_RESP_ERR__RESOLVE,                         Remedy::wait,    no_answer},
    Row{RD_KAFKA_RESP_ERR__TIMED_OUT,                       Remedy::wait,    no_answer},
    Row{RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE,                 Remedy::wait,    no_answer},
    Row{RD_KAFKA_RESP_ERR__WAIT_CACHE,                      Remedy::wait,    no_answer},
    Row{RD_KAFKA_RESP_ERR__WAIT_COORD,                      Remedy::wait,    no_answer},
    Row{RD_KAFKA_RESP_ERR__UNKNOWN_BROKER,                  Remedy::wait,    no_answer},
    Row{RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION,                Remedy::wait,    no_answer},
    Row{RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,                Remedy::wait,    no_answer},
    Row{RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE,             Remedy::wait,    no_answer},
    Row{RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,     Remedy::wait,    moving},
    Row{RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE,        Remedy::wait,    moving},
    Row{RD_KAFKA_RESP_ERR_NOT_COORDINATOR,                  Remedy::wait,    moving},
    Row{RD_KAFKA_RESP_ERR_NOT_CONTROLLER,                   Remedy::wait,    moving},
    Row{RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE,             Remedy::wait,    moving},
    Row{RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,         Remedy::wait,    moving},
    Row{RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE,            Remedy::wait,    moving},
    Row{RD_KAFKA_RESP_ERR_PREFERRED_LEADER_NOT_AVAILABLE,   Remedy::wait,    moving},
    Row{RD_KAFKA_RESP_ERR_ELIGIBLE_LEADERS_NOT_AVAILABLE,   Remedy::wait,    moving},
    Row{RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH,              Remedy::wait,    moving},
    Row{RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH,             Remedy::wait,    moving},
    Row{RD_KAFKA_RESP_ERR_OFFSET_NOT_AVAILABLE,             Remedy::wait,    moving},
    Row{RD_KAFKA_RESP_ERR_LISTENER_NOT_FOUND,               Remedy::wait,    moving},
    Row{RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR,              Remedy::wait,    "a disk of the broker has failed"},
    Row{RD_KAFKA_RESP_ERR_THROTTLING_QUOTA_EXCEEDED,        Remedy::wait,    "the brokers ask to go slower"},
    Row{RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS,            Remedy::wait,    "the group shares out its partitions anew"},
    Row{RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,              Remedy::wait,    thin},
    Row{RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND, Remedy::wait,    thin},
    Row{RD_KAFKA_RESP_ERR__ISR_INSUFF,                      Remedy::wait,    thin},
    Row{RD_KAFKA_RESP_ERR__QUEUE_FULL,                      Remedy::wait,    "this program's own queue is full"},
    Row{RD_KAFKA_RESP_ERR__SSL,                             Remedy::give_up, untrusted},
    Row{RD_KAFKA_RESP_ERR__AUTHENTICATION,                  Remedy::give_up, untrusted},
    Row{RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED,       Remedy::give_up, untrusted},
    Row{RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM,       Remedy::give_up, untrusted},
    Row{RD_KAFKA_RESP_ERR_ILLEGAL_SASL_STATE,               Remedy::give_up, untrusted},
    Row{RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,       Remedy::give_up, denied},
    Row{RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,       Remedy::give_up, denied},
    Row{RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED,     Remedy::give_up, denied},
    Row{RD_KAFKA_RESP_ERR_POLICY_VIOLATION,                 Remedy::give_up, "the cluster's own policy forbids it"},
    Row{RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART,            Remedy::give_up, missing},
    Row{RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC,                   Remedy::give_up, missing},
    Row{RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION,               Remedy::give_up, missing},
    Row{RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION,                  Remedy::give_up, "Kafka has no topics of such a name"},
    Row{RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS,             Remedy::give_up, "there is one already"},
    Row{RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR,       Remedy::give_up, "there are fewer brokers than replicas asked for"},
    Row{RD_KAFKA_RESP_ERR_INVALID_CONFIG,                   Remedy::give_up, "the brokers do not know a setting or its value"},
    Row{RD_KAFKA_RESP_ERR_INVALID_PARTITIONS,               Remedy::give_up, "the brokers do not take that many partitions"},
    Row{RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE,               Remedy::give_up, too_large},
    Row{RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE,            Remedy::give_up, too_large},
    Row{RD_KAFKA_RESP_ERR_INVALID_RECORD,                   Remedy::give_up, "the brokers refuse the message's form"},
    Row{RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION,              Remedy::give_up, "the brokers are too old; 3.7 or later is needed"},
    Row{RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE,             Remedy::give_up, "the brokers are too old; 3.7 or later is needed"},
    Row{RD_KAFKA_RESP_ERR_SECURITY_DISABLED,                Remedy::give_up, "the cluster has no authorizer"},
    Row{RD_KAFKA_RESP_ERR__INVALID_ARG,                     Remedy::give_up, "librdkafka does not take what it was given"},
    Row{RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE,               Remedy::give_up, "this machine gives no further threads or sockets"},
    Row{RD_KAFKA_RESP_ERR__MSG_TIMED_OUT,                   Remedy::unknown, no_answer},
    Row{RD_KAFKA_RESP_ERR__FATAL,                           Remedy::unknown, "the client has failed for good"},
    Row{RD_KAFKA_RESP_ERR__GAPLESS_GUARANTEE,               Remedy::unknown, "a message was lost between others"},
    Row{RD_KAFKA_RESP_ERR__INCONSISTENT,                    Remedy::unknown, "brokers and client disagree about what was sent"},
    Row{RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER,     Remedy::unknown, "brokers and client disagree about what was sent"},
    Row{RD_KAFKA_RESP_ERR_DUPLICATE_SEQUENCE_NUMBER,        Remedy::unknown, "brokers and client disagree about what was sent"},
    Row{RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID,              Remedy::unknown, fenced},
    Row{RD_KAFKA_RESP_ERR_INVALID_PRODUCER_ID_MAPPING,      Remedy::unknown, fenced},
    Row{RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH,           Remedy::unknown, fenced},
    Row{RD_KAFKA_RESP_ERR_PRODUCER_FENCED,                  Remedy::unknown, fenced},
    Row{RD_KAFKA_RESP_ERR__FENCED,                          Remedy::unknown, fenced},
    Row{RD_KAFKA_RESP_ERR__PURGE_QUEUE,                     Remedy::unknown, dropped},
    Row{RD_KAFKA_RESP_ERR__PURGE_INFLIGHT,                  Remedy::unknown, dropped},
    Row{RD_KAFKA_RESP_ERR__DESTROY,                         Remedy::unknown, dropped},
};
// clang-format on

const Row* find(int error) {
  const auto row = std::ranges::find(table, error, [](const Row& each) { return int{each.error}; });
  return row == table.end() ? nullptr : &*row;
}

}  // namespace

Remedy remedy_for(int error) {
  const auto* row = find(error);
  return row == nullptr ? Remedy::unknown : row->remedy;
}

std::string sentence(int error, std::string_view doing) {
  auto text = "cannot " + std::string(doing) + ": ";
  const std::string own_words = rd_kafka_err2str(static_cast<rd_kafka_resp_err_t>(error));
  if (const auto* row = find(error)) return text + std::string(row->meaning) + " (" + own_words + ")";
  return text + own_words;
}

void throw_fault(int error, std::string_view doing) {
  const auto text = sentence(error, doing);
  if (remedy_for(error) == Remedy::unknown) throw OutcomeUnknown(text);
  throw IoFault(text);
}

}  // namespace braid::kafka
