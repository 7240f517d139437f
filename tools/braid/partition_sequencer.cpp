#include "tools/braid/partition_sequencer.hpp"

#include <fmt/format.h>

#include <limits>
#include <utility>

#include "events/faults.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/takeover.hpp"

namespace braid::cli {
namespace {

using std::chrono::milliseconds;
using Occasion = CheckpointThread::Occasion;

/// Nothing came for so long: the state is written, so that the next start is quick.
constexpr milliseconds idle{2'000};
/// After a write of unknown outcome, and after the machine failed.
constexpr milliseconds before_next_writer{100};
constexpr milliseconds before_next_attempt{1'000};
/// A group tells its members of a change so soon: whoever is fenced and not told by then is fenced
/// by somebody outside the group.
constexpr milliseconds until_group_tells{5'000};
constexpr milliseconds at_once{0};
/// Warm is who has no more to follow than this, as Kafka Streams has it (acceptable.recovery.lag):
/// some hundredths of a second. Less would not be reached while others write.
constexpr std::uint64_t next_to_nothing = 10'000;
constexpr auto unknown = std::numeric_limits<std::uint64_t>::max();
constexpr milliseconds between_looks{100};
/// What cannot be read keeps the other partitions waiting no longer than this.
constexpr std::chrono::seconds nothing_comes{15};
constexpr milliseconds for_good = std::chrono::hours{24};

}  // namespace

/// While this lives, whatever changes ends the wait for submissions.
class PartitionSequencer::Serving {
 public:
  Serving(PartitionSequencer& owner, QueueRounds& queue) : owner_(owner) {
    const std::scoped_lock lock(owner_.mutex_);
    owner_.serving_ = &queue;
  }
  ~Serving() {
    const std::scoped_lock lock(owner_.mutex_);
    owner_.serving_ = nullptr;
  }
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;

 private:
  PartitionSequencer& owner_;
};

PartitionSequencer::PartitionSequencer(std::uint32_t partition, SequencingProcess process)
    : partition_(partition),
      process_(std::move(process)),
      thread_([this] { work(); }) {}

PartitionSequencer::~PartitionSequencer() { finish(); }

void PartitionSequencer::finish() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    if (serving_ != nullptr) serving_->wake();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void PartitionSequencer::assign() {
  const std::scoped_lock lock(mutex_);
  assigned_ = true;
  changed_.notify_all();
}

void PartitionSequencer::revoke() {
  const std::scoped_lock lock(mutex_);
  assigned_ = false;
  if (serving_ != nullptr) serving_->wake();
  changed_.notify_all();
}

void PartitionSequencer::moved() {
  const std::scoped_lock lock(mutex_);
  moved_ = true;
  changed_.notify_all();
}

bool PartitionSequencer::may_lead() const {
  const std::scoped_lock lock(mutex_);
  return assigned_ && !stopping_;
}

bool PartitionSequencer::stopping() const {
  const std::scoped_lock lock(mutex_);
  return stopping_;
}

void PartitionSequencer::wait(milliseconds most) {
  std::unique_lock lock(mutex_);
  const bool was_assigned = assigned_;
  changed_.wait_for(lock, most, [&] { return stopping_ || assigned_ != was_assigned; });
}

void PartitionSequencer::work() {
  try {
    warm_ = std::make_unique<WarmState>(partition_, process_.ledger.directory,
                                        process_.kafka.copy(), process_.limits);
    warm_up();
    while (!stopping()) {
      if (may_lead())
        lead();
      else
        stand_by();
    }
  } catch (const std::exception& error) {  // the copy itself is of no more use
    process_.fail(name() + ": " + error.what());
  }
}

/// Whoever were given the partition before that would keep it from being served for as long.
void PartitionSequencer::warm_up() {
  const auto ends = [this] { return stopping(); };
  auto came = std::chrono::steady_clock::now();
  kafka::Offset read_to = -1;
  for (bool said = false; !ends();) {
    warm_->follow(ends);
    const auto behind = entries_behind();
    if (behind <= next_to_nothing) break;
    const auto now = std::chrono::steady_clock::now();
    const auto reads_to = process_.kafka.follower().state(partition_).read_to;
    if (std::exchange(read_to, reads_to) != reads_to) came = now;
    if (now - came > nothing_comes) {
      say(fmt::format("{}: its log cannot be read now; this process goes on without", name()));
      break;
    }
    if (behind != unknown && !std::exchange(said, true))
      say(fmt::format("{}: some {} entries are to be followed before it can be served from here",
                      name(), behind));
    wait(between_looks);
  }
  warm_->rest(ends);
  if (process_.warm && !ends()) process_.warm();
}

/// By the log's end as it was heard last. None where the copy is not followed any more: to say why
/// is for who takes over.
std::uint64_t PartitionSequencer::entries_behind() const {
  const auto copy = process_.kafka.follower().state(partition_);
  if (!copy.stopped.empty()) return 0;
  if (copy.high_watermark < 0) return unknown;
  const auto unread = std::max<kafka::Offset>(copy.high_watermark - copy.read_to, 0);
  return static_cast<std::uint64_t>(unread) + warm_->own().size() -
         warm_->sequencer().state().own_chain.size();
}

void PartitionSequencer::stand_by() {
  doing_ = Doing::standing_by;
  warm_->follow([this] { return stopping() || may_lead(); });
  std::unique_lock lock(mutex_);
  const auto due = [&] { return stopping_ || assigned_ || moved_; };
  if (!changed_.wait_for(lock, idle, due)) {
    lock.unlock();
    warm_->rest([this] { return stopping() || may_lead(); });
    lock.lock();
    changed_.wait(lock, due);
  }
  moved_ = false;
}

void PartitionSequencer::lead() {
  try {
    take_over_and_serve();
    last_said_.clear();
    warm_->sequencer().stop_leading();
    return;
  } catch (const Fenced& fenced) {
    replaced(fenced.what());
  } catch (const OutcomeUnknown& fault) {
    if (may_lead()) say(fmt::format("{}: {}; taking over again", name(), fault.what()));
    wait(before_next_writer);
  } catch (const HistoryBroken& broken) {
    process_.fail(fmt::format("{}: {}", name(), broken.what()));
    wait(for_good);
  } catch (const Fault& fault) {
    if (last_said_ != fault.what()) say(fmt::format("{} waits: {}", name(), fault.what()));
    last_said_ = fault.what();
    wait(before_next_attempt);
  }
  warm_->start_again();
}

void PartitionSequencer::replaced(const std::string& by_whom) {
  if (may_lead()) wait(until_group_tells);
  if (!may_lead()) {
    if (!stopping()) say(fmt::format("{} has moved: {}; this process stands by", name(), by_whom));
    return;
  }
  process_.fail(fmt::format(
      "{}: {}, and the group still says that the partition is this process's. It has given no "
      "receipt since, and ends; another process of the group goes on. Are there two groups of "
      "sequencers, with other prefixes or from another cluster's copy? Stop one",
      name(), by_whom));
  wait(for_good);
}

void PartitionSequencer::take_over_and_serve() {
  doing_ = Doing::taking_over;
  std::uint64_t from = 0;
  kafka::WriterId before;
  kafka::EventLog log(process_.kafka.connection(), process_.kafka.topics(), process_.kafka.copy(),
                      process_.kafka.follower(),
                      {.before_opening =
                           [&](const kafka::TakenOver& taken) {
                             before = taken.before;
                             from = check_takeover(taken);
                           },
                       .say = [](const std::string& sentence) { say(sentence); },
                       .stopping = [this] { return !may_lead(); }});
  const auto writer = log.take_over(partition_);
  note_writers(before);
  warm_->sequencer().lead(*writer);
  answer_and_serve(from);
  rest(Occasion::ending);
}

/// A writer that ends otherwise than by being told to takes back what waits to be told.
void PartitionSequencer::answer_and_serve(std::uint64_t from) try {
  const auto delivered = process_.delivered(partition_);
  process_.receipts.begin(partition_, delivered);
  answer_again(delivered);
  doing_ = Doing::serving;
  if (process_.serves)
    process_.serves(fmt::format("{}: serving, as writer {}", name(), writers().own.text()));
  serve(from);
} catch (const std::exception&) {
  process_.receipts.end(partition_);
  throw;
}

void PartitionSequencer::note_writers(const kafka::WriterId& before) {
  const auto own = process_.kafka.follower().state(partition_).reader.current();
  const std::scoped_lock lock(mutex_);
  if (writers_.own != kafka::WriterId{} && before != writers_.own) {
    ++writers_.times_replaced;
    writers_.replaced_by = before;
  }
  writers_.own = own;
}

PartitionSequencer::Writers PartitionSequencer::writers() const {
  const std::scoped_lock lock(mutex_);
  return writers_;
}

std::uint64_t PartitionSequencer::check_takeover(const kafka::TakenOver& taken) {
  warm_->sequencer().follow();
  const auto from = cli::check_takeover(process_, partition_, *warm_, taken);
  if (!from) throw HistoryBroken(from.error());
  return *from;
}

void PartitionSequencer::tell(QueueAnswer answer) {
  answer.place.generation = warm_->sequencer().next().generation;
  process_.receipts.send(partition_, answer.place, answer.answer);
}

/// Receipts from `delivered` to what the log knows: a predecessor may have left them unsaid.
void PartitionSequencer::answer_again(std::uint64_t delivered) {
  const auto next = warm_->sequencer().next();
  const auto end = next.offset + (warm_->sequencer().is_inside_submission() ? 1 : 0);
  ledger::RecordedAnswers recorded(partition_, warm_->own(), {next.generation, delivered, 0});
  auto answer = recorded.next();
  TakenAgain queue(process_.kafka, partition_, delivered, end);
  while (const auto* queued = queue.next([this] { return !may_lead(); })) {
    while (answer && answer->submission.offset < queued->offset) answer = recorded.next();
    std::optional<ledger::RecordedAnswer> own;
    if (answer && answer->submission.offset == queued->offset) own.swap(answer);
    if (own && own->receipts.empty()) continue;  // received, and none of it judged yet
    tell(cli::answer_again(*queued, process_.ledger.founding, partition_, std::move(own)));
    if (!answer) answer = recorded.next();
  }
}

void PartitionSequencer::serve(std::uint64_t from) {
  QueueRounds queue(process_.kafka.connection(), process_.kafka.topics(), process_.ledger.founding,
                    partition_, from);
  const Serving serving(*this, queue);
  QueueRound now;
  QueueRound next;
  std::vector<std::function<void()>> tasks;
  while (may_lead()) {
    if (now.queued.empty()) {
      queue.take(idle, now, tasks);
      if (now.queued.empty()) rest(Occasion::idle);
      pool_.run(tasks);
    }
    tasks.clear();
    if (now.queued.empty() || !may_lead()) continue;
    tasks.emplace_back([&] { decide(now); });
    queue.take(at_once, next, tasks);
    pool_.run(tasks);
    tasks.clear();
    std::swap(now, next);
  }
}

void PartitionSequencer::decide(QueueRound& round) {
  std::vector<QueueAnswer> answers(round.queued.size());
  std::vector<ledger::Queued> judged;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < round.queued.size(); ++i) {
    if (const auto refusal = refusal_of(round.checked[i], partition_)) {
      answers[i] = answer_refused(round.queued[i], *refusal);
      continue;
    }
    const auto& next = warm_->sequencer().next();
    const bool resumed = judged.empty() && warm_->sequencer().is_inside_submission();
    judged.push_back({&*round.checked[i],
                      {next.generation, round.queued[i].offset, resumed ? next.index : 0}});
    places.push_back(i);
  }
  if (partition_ != register_partition && !judged.empty()) process_.registry.reach_end();
  auto receipts = warm_->sequencer().decide_all(judged);
  for (std::size_t i = 0; i < judged.size(); ++i)
    answers[places[i]] = answer_recorded(round.queued[places[i]], *judged[i].checked,
                                         judged[i].position.index, std::move(receipts[i]));
  for (auto& each : answers) tell(std::move(each));
  sign_checkpoint(Occasion::growing);
}

void PartitionSequencer::rest(CheckpointThread::Occasion occasion) {
  warm_->rest([this] { return !may_lead(); });
  sign_checkpoint(occasion);
}

void PartitionSequencer::sign_checkpoint(CheckpointThread::Occasion occasion) {
  process_.checkpoints.put(partition_, warm_->sequencer().state().own_chain, occasion);
}

}  // namespace braid::cli
