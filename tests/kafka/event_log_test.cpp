#include <catch2/catch.hpp>

#include "tests/contract/event_log_contract.hpp"
#include "tests/support/kafka_process.hpp"
#include "tests/support/local_broker.hpp"
#include "tests/support/soon.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace braid;
using namespace braid::support;
using namespace std::chrono_literals;

namespace {

constexpr std::uint32_t place = 0;

/// The engine with all that it borrows.
class WholeLog final : public ledger::EventLog {
 public:
  explicit WholeLog(const std::string& prefix) : process_(shared_broker(), prefix, folder_ / "data") {}
  std::unique_ptr<EntrySource> reader(std::uint32_t partition) const override {
    return process_.log.reader(partition);
  }
  std::unique_ptr<ledger::LogWriter> take_over(std::uint32_t partition) override {
    return process_.log.take_over(partition);
  }

 private:
  TemporaryFolder folder_;
  KafkaProcess process_;
};

}  // namespace

TEST_CASE("A log on Kafka keeps every promise of a log") {
  const auto prefix = fresh_name();
  make_topics(shared_broker(), prefix, 4);
  check_event_log_contract([&] { return std::make_unique<WholeLog>(prefix); });
}
