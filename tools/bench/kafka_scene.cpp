#include "tools/bench/kafka_scene.hpp"

#include <unistd.h>

#include <stdexcept>

#include "adapters/files/key_file.hpp"
#include "adapters/kafka/answer_message.hpp"
#include "adapters/kafka/cloud_events.hpp"
#include "adapters/lmdb/event_log.hpp"
#include "tools/braid/kafka_ledger.hpp"

namespace braid::bench {
namespace {

constexpr std::string_view name = "bench";
constexpr std::chrono::seconds patience_with_answers{60};

}  // namespace

Publishing::Publishing(const kafka::Connection& connection, const kafka::Topics& topics,
                       std::uint32_t partition)
    : source_(topics.source(partition)),
      place_(partition == register_partition ? "" : "northshire"),
      producer_(connection, topics.submissions(partition),
                [this](std::size_t number, std::int64_t offset) { offsets_[number] = offset; }),
      consumer_(connection, topics.receipts(partition)) {
  const BareConsumer queue(connection, topics.submissions(partition));
  begin_ = static_cast<std::uint64_t>(queue.end());
  consumer_.start(consumer_.end());
}

std::size_t Publishing::send(Bytes framed) {
  const auto id = sha256(framed).hex();
  offsets_.push_back(-1);
  producer_.send(offsets_.size() - 1, place_, framed,
                 kafka::cloud_event_headers(
                     {.id = id, .source = source_, .type = kafka::cloud_event_type::submission}));
  return offsets_.size() - 1;
}

void Publishing::read(std::chrono::milliseconds patience) {
  const auto now = Clock::now();
  if (consumer_.read(patience, [this](const auto& message) { take(message); }) != 0)
    heard_ = now;
  else if (now - heard_ > patience_with_answers)
    throw std::runtime_error("no answer came for a minute");
}

void Publishing::take(const rd_kafka_message_t& message) {
  const auto place = kafka::AnswerPlace::parse([&](std::string_view header) {
    const auto value = kafka::header_of(&message, std::string(header).c_str());
    return value ? as_text(*value) : std::string_view{};
  });
  if (!place) throw std::runtime_error("a receipt does not say what it answers");
  if (place->submission < begin_) return;  // a new sequencer answers again
  const auto answer = ledger::decode_answer(
      {static_cast<const std::byte*>(message.payload), message.len});
  const auto* receipts = answer ? std::get_if<std::vector<ledger::Receipt>>(&*answer) : nullptr;
  if (receipts == nullptr) throw std::runtime_error("a submission was not recorded");
  auto& submission = answers_[place->submission];
  submission.events = place->events;
  if (submission.given == submission.events) return;  // told again
  for (const auto& receipt : *receipts) {
    submission.accepted += receipt.outcome == ledger::Receipt::Outcome::accepted;
    submission.last = std::max(submission.last, receipt.sequence);
    told_.emplace(receipt.sequence, receipt.leaf);
  }
  submission.given += receipts->size();
  if (submission.given < submission.events) return;
  submission.at = Clock::now();
  ++whole_;
}

std::size_t Publishing::publish(std::span<const OwnedBytes> framed, std::size_t window) {
  expect_answers();
  const auto before = whole_;
  const auto first = offsets_.size();
  std::size_t sent = 0;
  while (whole_ - before < framed.size()) {
    while (sent < framed.size() && sent - (whole_ - before) < window) send(framed[sent++]);
    poll();
    read(std::chrono::milliseconds{1});
  }
  finish();
  std::size_t events = 0;
  for (auto number = first; number < offsets_.size(); ++number) events += answer(number).events;
  return events;
}

const Answered& Publishing::answer(std::size_t number) const {
  return answers_.at(static_cast<std::uint64_t>(offsets_.at(number)));
}

KafkaScene::KafkaScene(std::filesystem::path folder, std::string brokers)
    : folder_(std::move(folder)),
      brokers_(std::move(brokers)),
      topics_("bench-" + std::to_string(::getpid())),
      bare_topics_(topics_.prefix() + "-bare"),
      connection_(cli::open_connection(address("bench"))),
      county_({.seed = 42, .people = 20'000}) {
  const auto key = folder_ / "operator.pem";
  if (auto written = files::write_secret_key(key, county_.key_of(synth::County::operator_code));
      !written)
    throw std::runtime_error(written.error());
  run("operator", {"init", "--single-broker", "--name", std::string(name), "--operator",
                   std::string(synth::County::operator_code), "--key", key.string()})
      ->expect_done();
  kafka::create_topics(connection_, bare_topics_, 1, true);
  sequencer_ = sequence("a");
  Publishing registering(connection_, topics_, register_partition);
  std::vector<OwnedBytes> framed;
  for (const auto& batch : county_.registry(name, 1)) framed.push_back(sign(batch));
  registering.publish(framed, 1);
  publishing_ = std::make_unique<Publishing>(connection_, topics_, place);
}

kafka::Address KafkaScene::address(const std::string& member) const {
  return {.brokers = brokers_,
          .prefix = topics_.prefix(),
          .data = folder_ / member,
          .config = {}};
}

std::unique_ptr<BraidProcess> KafkaScene::run(const std::string& member,
                                              std::vector<std::string> words) const {
  words.insert(words.end(), {"--ledger", kafka::shown(address(member)) +
                                             "?data=" + (folder_ / member).string()});
  return std::make_unique<BraidProcess>(words, folder_ / (member + ".said"));
}

std::unique_ptr<BraidProcess> KafkaScene::sequence(const std::string& member) const {
  return run(member, {"sequence", "--single-broker", "--key", (folder_ / "operator.pem").string()});
}

Sequence KafkaScene::copied(const std::string& member) const {
  const auto directory = lmdb::LedgerDirectory::open(folder_ / member);
  return directory ? lmdb::EventLog(*directory).reader(place)->size() : 0;
}

OwnedBytes KafkaScene::sign(const synth::Batch& batch) const {
  const std::vector<Bytes> events(batch.events.begin(), batch.events.end());
  return sign_submission(name, batch.publisher, county_.key_of(batch.publisher), events);
}

std::vector<OwnedBytes> KafkaScene::sign_ahead(std::size_t total, std::size_t events) {
  std::vector<OwnedBytes> framed;
  for (std::size_t made = 0; made < total;) {
    const auto batch = county_.next(events);
    made += batch.events.size();
    framed.push_back(sign(batch));
  }
  return framed;
}

}  // namespace braid::bench
