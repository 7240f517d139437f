#include "adapters/kafka/log_message.hpp"
#include "tests/kafka/suites/audit.hpp"
#include "tests/kafka/suites/suites.hpp"
#include "tests/support/kafka_process.hpp"
#include "tests/support/local_broker.hpp"
#include "tests/support/soon.hpp"

namespace braid::test {
namespace {

using Catch::Contains;
using support::KafkaMessage;
using support::soon;

using Messages = std::vector<KafkaMessage>;

/// The topic is made anew, and holds these.
void rewrite(const KafkaLedger& ledger, const Messages& messages) {
  const auto place = ledger.topics().log(0);
  const support::KafkaTopic log{ledger.brokers(), place.topic};
  log.remove();
  REQUIRE(soon([&] { return !log.exists(); }));
  support::make_topics(ledger.brokers(), ledger.prefix());
  log.produce(messages, place.partition);
}

/// A ledger whose sequencer has ended, read by a mirror and by view workers.
class Written {
 public:
  Written() : ledger({.seed = 23, .session_ms = 800}) {
    auto& one = ledger.sequence("one");
    ledger.publish_registry();
    for (int i = 0; i < 6; ++i) ledger.publish_next(20);
    one.terminate();
    CHECK(one.wait() == 0);  // and has signed a checkpoint
    CHECK(ledger.mirror("mirror").exit == 0);
    CHECK(ledger.run("views", "project").exit == 0);
    messages = all_of(ledger, ledger.topics().log(0));
    for (auto& message : messages) message.offset = -1;
  }

  /// What each of the readers, old and new, says when it reads again; none goes on.
  void require_stopped(const std::string& old_readers, const std::string& new_readers) const {
    require_stopped_with(ledger.mirror("mirror"), old_readers);
    require_stopped_with(ledger.run("views", "project"), old_readers);
    require_stopped_with(ledger.mirror("new mirror"), new_readers);
  }
  void require_no_sequencer(const std::string& sentence) {
    auto& one = ledger.begin("one", {"sequence", "--single-broker", "--session-ms", "800"});
    REQUIRE(soon([&] { return one.has_ended(); }));
    CHECK(one.wait() != 0);
    CHECK_THAT(one.said(), Contains(sentence));
  }

  KafkaLedger ledger;
  Messages messages;

 private:
  static void require_stopped_with(const Ran& ran, const std::string& sentence) {
    INFO(ran.out << ran.err);
    CHECK(ran.exit != 0);
    CHECK(ran.exit > 0);
    CHECK_THAT(ran.err, Contains(sentence));
  }
};

}  // namespace

void alter_the_log() {
  {
    Written shortened;
    auto fewer = shortened.messages;
    fewer.resize(fewer.size() - 5);
    rewrite(shortened.ledger, fewer);
    shortened.require_stopped(".ledger/0: read up to offset " +
                                  std::to_string(shortened.messages.size()),
                              "the operator has signed that it has");
    shortened.require_no_sequencer(".ledger/0");
  }
  {
    Written tampered;  // the amount, the payee, whatever: one byte of one entry in the middle
    auto altered = tampered.messages;
    auto& entry = altered[altered.size() / 2];
    entry.value[entry.value.size() - 9] ^= 1;
    rewrite(tampered.ledger, altered);
    const auto fresh = tampered.ledger.mirror("new mirror");
    INFO(fresh.out << fresh.err);
    CHECK(fresh.exit == 1);
    CHECK_THAT(fresh.err, Contains("partition 0") && Contains("is another history"));
  }
  {
    Written cut;  // and refilled with something else, beyond where readers had read
    auto other = cut.messages;
    other.resize(other.size() - 3);
    for (int i = 0; i < 10; ++i) other.push_back({"", "something else", {}});
    rewrite(cut.ledger, other);
    cut.require_stopped("the history differs", "the operator has signed that it has");
    cut.require_no_sequencer("the history differs");
  }
}

}  // namespace braid::test
