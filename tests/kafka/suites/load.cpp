#include "tests/kafka/suites/load.hpp"

#include <stdexcept>

#include "events/faults.hpp"
#include "events/submission.hpp"

namespace braid::test {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds between_looks{50};

std::deque<synth::County> counties_in(const std::vector<std::string>& places,
                                      std::uint64_t seed) {
  std::deque<synth::County> all;
  for (const auto& place : places)
    all.emplace_back(synth::County::Options{.seed = seed, .place = place, .people = 40,
                                            .panel = 10});
  return all;
}

/// What is accepted once stays as it is. A refused event is judged afresh when it comes again.
void require_as_before(const std::vector<ledger::Receipt>& before,
                       const std::vector<ledger::Receipt>& now) {
  if (before.size() != now.size())
    throw std::runtime_error("a submission that came again has another number of receipts");
  for (std::size_t i = 0; i < now.size(); ++i)
    if (before[i].outcome == ledger::Receipt::Outcome::accepted &&
        (now[i].outcome != before[i].outcome || now[i].sequence != before[i].sequence ||
         now[i].leaf != before[i].leaf))
      throw std::runtime_error("event " + now[i].event.text() +
                               " came again and was told something else than before");
}

}  // namespace

Load::Load(const KafkaLedger& ledger, Options options)
    : ledger_(ledger),
      options_(std::move(options)),
      counties_(counties_in(options_.places, ledger.seed())),
      publisher_(kafka::Connection::open({ledger.brokers(), ledger.prefix(), "unused", {}}).value(),
                 ledger.topics()),
      random_(static_cast<std::mt19937::result_type>(ledger.seed())),
      thread_([this] { work(); }) {}

Load::~Load() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void Load::work() {
  try {
    while (!stopping_ || !on_the_way_.empty()) {
      while (!stopping_ && on_the_way_.size() < options_.on_the_way) {
        send_one();
        std::this_thread::sleep_for(options_.pause);
      }
      if (!on_the_way_.empty()) receive_one();
    }
  } catch (...) {
    failure_ = std::current_exception();
  }
  ended_ = true;
}

void Load::send_one() {
  constexpr std::size_t one_in = 8;
  constexpr std::size_t not_older_than = 200;
  if (!original_.empty() && random_() % one_in == 0) {
    const auto back = 1 + random_() % std::min(original_.size(), not_older_than);
    const auto& [before, place] = original_[original_.size() - back];
    return send(before->partition, place, before->framed, before);
  }
  const auto which = random_() % counties_.size();
  const auto batch = counties_[which].next(options_.most_events);
  const auto partition =
      partition_of_event(EventReader(batch.events.front()).get(), ledger_.partitions());
  send(partition, options_.places[which], ledger_.sign(batch), nullptr);
}

void Load::send(std::uint32_t partition, const std::string& place, OwnedBytes framed,
                const Told* before) {
  const auto number = publisher_.send(partition, place, framed);
  on_the_way_.push_back({number, partition, place, std::move(framed), before, Clock::now()});
}

/// Where brokers were away for too long it may have arrived or not: it is sent again.
std::optional<ledger::Answer> Load::answer_to(OnTheWay& sent) try {
  return publisher_.receive(sent.number, between_looks);
} catch (const IoFault&) {
  constexpr int attempts = 5;
  if (++sent.attempts == attempts) throw;
  sent.number = publisher_.send(sent.partition, sent.place, sent.framed);
  return std::nullopt;
}

void Load::receive_one() {
  auto& first = on_the_way_.front();
  auto answer = answer_to(first);
  if (!answer) {
    if (Clock::now() - first.sent_at > answered_within)
      throw std::runtime_error("a submission to partition " + std::to_string(first.partition) +
                               " was not answered");
    return;
  }
  auto* receipts = std::get_if<std::vector<ledger::Receipt>>(&*answer);
  if (receipts == nullptr) throw std::runtime_error("an honest submission was not recorded");
  if (first.before != nullptr) require_as_before(first.before->receipts, *receipts);
  told_.push_back(std::make_unique<Told>(
      Told{first.partition, std::move(first.framed), std::move(*receipts)}));
  if (first.before == nullptr) original_.emplace_back(told_.back().get(), first.place);
  on_the_way_.pop_front();
  ++answered_;
}

std::string Load::failure() const {
  if (!ended_ || !failure_) return "";
  try {
    std::rethrow_exception(failure_);
  } catch (const std::exception& error) {
    return error.what();
  }
}

bool Load::goes_on(std::uint64_t more) const {
  const auto enough = answered_ + more;
  const auto deadline = Clock::now() + answered_within;
  while (answered_ < enough) {
    if (ended_ || Clock::now() > deadline) return false;
    std::this_thread::sleep_for(between_looks);
  }
  return true;
}

const std::vector<std::unique_ptr<Told>>& Load::finish() {
  stopping_ = true;
  thread_.join();
  if (failure_) std::rethrow_exception(failure_);
  return told_;
}

}  // namespace braid::test
