#include "tests/kafka/suites/audit.hpp"

#include <set>

#include "adapters/kafka/answer_message.hpp"
#include "adapters/kafka/assigned_reader.hpp"
#include "adapters/lmdb/event_log.hpp"
#include "ledger/recorded_answers.hpp"

namespace braid::test {
namespace {

using kafka::AnswerPlace;
using ledger::RecordedAnswer;

/// By offset in the queue.
using Recorded = std::map<std::uint64_t, RecordedAnswer>;

std::string at(std::uint32_t partition, std::uint64_t offset) {
  return "submission " + std::to_string(offset) + " of partition " + std::to_string(partition);
}

std::string_view header(const support::KafkaMessage& message, std::string_view name) {
  for (const auto& [key, value] : message.headers)
    if (key == name) return value;
  return {};
}

/// One partition of a ledger: what was asked, what is recorded, what was answered.
class PartitionAudit {
 public:
  PartitionAudit(const KafkaLedger& ledger, std::uint32_t partition, const EntrySource& history)
      : ledger_(ledger), partition_(partition), history_(history) {}

  std::string what_is_wrong() {
    for (const auto& step : {&PartitionAudit::read_history, &PartitionAudit::read_queue,
                             &PartitionAudit::read_answers, &PartitionAudit::look_for_silence})
      if (auto wrong = (this->*step)(); !wrong.empty()) return wrong;
    return "";
  }

 private:
  std::string read_history() {
    ledger::RecordedAnswers answers(partition_, history_, {0, 0, 0});
    while (auto next = answers.next()) {
      const auto offset = next->submission.offset;
      if (!next->is_whole())
        return at(partition_, offset) + " has " + std::to_string(next->receipts.size()) +
               " receipts for " + std::to_string(next->events) + " events";
      if (!recorded_.empty() && offset <= recorded_.rbegin()->first)
        return at(partition_, offset) + " is recorded out of turn, or twice";
      recorded_.emplace(offset, std::move(*next));
    }
    return "";
  }

  std::string read_queue() {
    const auto queue = all_of(ledger_, ledger_.topics().submissions(partition_));
    asked_ = queue.size();
    for (const auto& message : queue) {
      const auto offset = static_cast<std::uint64_t>(message.offset);
      const auto checked = check_submission(as_bytes(message.value), KafkaLedger::name,
                                            ledger_.partitions());
      const bool belongs = checked && checked->partition == partition_;
      const auto recorded = recorded_.find(offset);
      if (belongs != (recorded != recorded_.end()))
        return at(partition_, offset) +
               (belongs ? " has no entry" : " is recorded, and is no submission to it");
      if (!belongs) continue;
      if (recorded->second.root != checked->root)
        return at(partition_, offset) + " is recorded under the root of another";
      name_events(recorded->second, checked->submission.events);
    }
    return recorded_.empty() || recorded_.rbegin()->first < asked_
               ? ""
               : at(partition_, recorded_.rbegin()->first) + " is recorded and was never sent";
  }

  std::string read_answers() {
    for (const auto& message : all_of(ledger_, ledger_.topics().receipts(partition_))) {
      const auto place =
          AnswerPlace::parse([&](std::string_view name) { return header(message, name); });
      auto answer = ledger::decode_answer(as_bytes(message.value));
      if (!place || !answer) return "a receipt of partition " + std::to_string(partition_) +
                                    " cannot be read";
      if (auto wrong = take(*place, *answer); !wrong.empty())
        return at(partition_, place->submission) + wrong;
    }
    return "";
  }

  std::string take(const AnswerPlace& place, const ledger::Answer& answer) {
    const auto recorded = recorded_.find(place.submission);
    if (recorded == recorded_.end()) {
      if (!std::holds_alternative<Refusal>(answer)) return " is not recorded, and has a receipt";
      const auto [first, fresh] = refusals_.emplace(place.submission, answer);
      return fresh || first->second == answer ? "" : " was refused in two ways";
    }
    const auto* receipts = std::get_if<std::vector<ledger::Receipt>>(&answer);
    if (receipts == nullptr) return " is recorded, and was told that it is not";
    if (place.of != kafka::AnswerSubject::recorded(recorded->second.root))
      return " has receipts that speak of another";
    for (std::size_t i = 0; i < receipts->size(); ++i) {
      const auto index = place.first + i;
      if (index >= recorded->second.receipts.size() ||
          (*receipts)[i] != recorded->second.receipts[index])
        return " has a receipt for event " + std::to_string(index) + " that is not true";
      answered_.emplace(place.submission, index);
    }
    return "";
  }

  std::string look_for_silence() {
    for (std::uint64_t offset = 0; offset < asked_; ++offset) {
      const auto recorded = recorded_.find(offset);
      if (recorded == recorded_.end()) {
        if (!refusals_.contains(offset)) return at(partition_, offset) + " was never answered";
        continue;
      }
      for (std::size_t i = 0; i < recorded->second.receipts.size(); ++i)
        if (!answered_.contains({offset, i}))
          return at(partition_, offset) + ", event " + std::to_string(i) + ", was never answered";
    }
    return "";
  }

  const KafkaLedger& ledger_;
  std::uint32_t partition_;
  const EntrySource& history_;
  std::uint64_t asked_ = 0;
  Recorded recorded_;
  std::map<std::uint64_t, ledger::Answer> refusals_;
  std::set<std::pair<std::uint64_t, std::size_t>> answered_;
};

}  // namespace

std::vector<std::uint32_t> all_partitions(const KafkaLedger& ledger) {
  std::vector<std::uint32_t> all = {register_partition};
  for (std::uint32_t place = 0; place < ledger.partitions(); ++place) all.push_back(place);
  return all;
}

std::vector<support::KafkaMessage> all_of(const KafkaLedger& ledger,
                                          const kafka::TopicPartition& place) {
  constexpr std::chrono::seconds patience{60};
  const auto connection =
      kafka::Connection::open({ledger.brokers(), ledger.prefix(), "unused", {}}).value();
  const auto bounds =
      kafka::AssignedReader(connection, ledger.topics(), {}).bounds(place, patience);
  const auto count = bounds.end - bounds.begin;
  auto all = support::KafkaTopic{ledger.brokers(), place.topic}.consume(
      count, static_cast<std::int64_t>(bounds.begin), place.partition, patience);
  if (all.size() != count) throw std::runtime_error(kafka::text_of(place) + " cannot be read");
  return all;
}

std::string what_is_wrong(const KafkaLedger& ledger, const std::string& member) {
  const lmdb::EventLog log(ledger.directory(member));
  for (const auto partition : all_partitions(ledger)) {
    const auto history = log.reader(partition);
    if (auto wrong = PartitionAudit(ledger, partition, *history).what_is_wrong(); !wrong.empty())
      return wrong;
  }
  return "";
}

void require_sound(const KafkaLedger& ledger, const std::vector<std::unique_ptr<Told>>& told) {
  const std::string auditor = "auditor";
  const auto mirrored = ledger.mirror(auditor);
  INFO(mirrored.err);
  REQUIRE(mirrored.exit == 0);
  CHECK(what_was_untrue(told, ledger.directory(auditor)) == "");
  CHECK(what_is_wrong(ledger, auditor) == "");
  const auto verified = run_shell("braid verify --ledger data --format csv", ledger.folder(auditor));
  INFO(verified.out + verified.err);
  CHECK(verified.exit == 0);
}

}  // namespace braid::test
