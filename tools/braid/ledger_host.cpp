#include "tools/braid/ledger_host.hpp"

#include <algorithm>

#include "events/faults.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
/// Submissions that are judged together, and their answers.
struct LedgerHost::Round {
  std::span<const Bytes> framed;
  std::vector<Checked> checked;
  std::span<ledger::Answer> answers;
};

LedgerHost::LedgerHost(Ledger ledger, Options options)
    : ledger_(std::move(ledger)),
      options_(std::move(options)),
      log_(ledger_.directory),
      pool_(options_.threads),
      checkpoints_(ledger_, options_.key),
      held_(log_.take_over(register_partition)) {}

LedgerHost::~LedgerHost() {
  try {
    flush();
    sign_checkpoints(CheckpointThread::Occasion::ending);
  } catch (const Fault& fault) {  // what the log holds is safe; the next start replays it
    say(fault.what());
  }
}

std::vector<ledger::Answer> LedgerHost::submit(std::span<const OwnedBytes> framed) {
  const std::vector<Bytes> all(framed.begin(), framed.end());
  const std::span waiting(all);
  std::vector<ledger::Answer> answers(framed.size());
  Round now;
  Round next;
  std::size_t done = 0;
  const auto begin_next = [&](std::vector<std::function<void()>>& tasks) {
    const auto count = round_length(waiting.subspan(done));
    next = Round{waiting.subspan(done, count), {}, std::span(answers).subspan(done, count)};
    done += count;
    add_checks(next.framed, ledger_.founding, next.checked, tasks);
  };
  std::vector<std::function<void()>> tasks;
  begin_next(tasks);
  pool_.run(tasks);
  while (!next.framed.empty()) {
    now = std::move(next);
    next = {};
    tasks.clear();
    tasks.emplace_back([&] { decide_round(now); });
    begin_next(tasks);
    pool_.run(tasks);
    if (options_.appended) options_.appended();
  }
  sign_checkpoints(CheckpointThread::Occasion::growing);
  return answers;
}

void LedgerHost::decide_round(Round& round) {
  std::map<std::uint32_t, std::vector<std::size_t>, std::greater<>>
      by_partition;  // the register's number is the highest
  for (std::size_t i = 0; i < round.checked.size(); ++i) {
    if (round.checked[i])
      by_partition[round.checked[i]->partition].push_back(i);
    else
      round.answers[i] = round.checked[i].error();
  }
  for (const auto& [partition, members] : by_partition) decide_partition(partition, round, members);
}

void LedgerHost::decide_partition(std::uint32_t partition, Round& round,
                                  std::span<const std::size_t> members) {
  const auto answer_all = [&](const std::string& sentence) {
    for (const auto member : members) round.answers[member] = ledger::Unavailable{sentence};
  };
  std::vector<const CheckedSubmission*> submissions;
  for (const auto member : members) submissions.push_back(&*round.checked[member]);
  try {
    auto receipts = open(partition).decide(submissions);
    for (std::size_t i = 0; i < members.size(); ++i)
      round.answers[members[i]] = std::move(receipts[i]);
  } catch (const Fenced&) {
    throw;
  } catch (const OutcomeUnknown& fault) {
    give_up(partition, true);
    answer_all(std::string(fault.what()) +
               "; send the same events again: what is recorded already stays as it is");
  } catch (const Fault& fault) {
    give_up(partition, false);
    answer_all(fault.what());
  }
}

PartitionHost& LedgerHost::open(std::uint32_t partition) {
  auto& host = partitions_[partition];
  if (!host) host = std::make_unique<PartitionHost>(partition, ledger_.directory, log_);
  return *host;
}

void LedgerHost::give_up(std::uint32_t partition, bool all) {
  partitions_.erase(partition);
  if (!all) return;
  partitions_.clear();
  held_.reset();
  if (options_.lost) options_.lost();
  held_ = log_.take_over(register_partition);
}

void LedgerHost::flush() {
  for (auto& [partition, host] : partitions_)
    if (host) host->flush();
}

void LedgerHost::sign_checkpoints(CheckpointThread::Occasion occasion) {
  for (auto& [partition, host] : partitions_)
    if (host) checkpoints_.put(partition, host->state().own_chain, occasion);
}

}  // namespace braid::cli
