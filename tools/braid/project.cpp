// `braid project`: brings the views up to the end of the history.
#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "adapters/lmdb/writer_lock.hpp"
#include "adapters/socket/client.hpp"
#include "events/faults.hpp"
#include "tools/braid/commands.hpp"
#include "adapters/kafka/membership.hpp"
#include "tools/braid/kafka_ledger.hpp"
#include "tools/braid/live_views.hpp"
#include "tools/braid/progress.hpp"
#include "tools/braid/until_stopped.hpp"
#include "tools/braid/views_keeper.hpp"

namespace braid::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  bool rebuild = false;
  bool follow = false;
  std::string group;
};

void project(std::uint32_t partition, const Ledger& ledger, const lmdb::EventLog& log,
             bool rebuild) {
  const auto begun = Clock::now();
  const auto known = rebuild ? std::nullopt : view_position(ledger.directory, partition);
  const auto name = name_of_partition(partition);
  Sequence folded = 0;
  {
    Progress progress("partition " + name, "entries");
    const auto show = [&](Sequence done, Sequence size) { progress.show(done, size); };
    ViewsKeeper keeper(partition, ledger.directory, log,
                       {.threads = 2, .rebuild = rebuild, .progress = show});
    keeper.catch_up(show);
    folded = keeper.folded();
  }
  const bool went_on = known && known->stamp == projections::views_stamp();
  const auto fresh = folded - (went_on ? known->chain.size() : 0);
  const std::chrono::duration<double> time = Clock::now() - begun;
  fmt::print("partition {:<8}  {:>12} entries, {} new, {:.2f} s{}\n", name, grouped(folded),
             grouped(fresh), time.count(), fresh == 0 ? "" : ", " + rate(fresh, time));
}

/// A running `serve` keeps the views itself: all there is to do is to wait for it.
bool follows_by_itself(const Ledger& ledger, const lmdb::EventLog& log) {
  if (!socket::Client::connect(ledger.directory.socket())) return false;
  for (const auto partition : ledger.founding.all_partitions()) {
    const auto size = log.reader(partition)->size();
    const auto seen = [&] {
      const auto position = view_position(ledger.directory, partition);
      return position ? position->chain.size() : 0;
    };
    while (seen() < size) {
      if (!socket::Client::connect(ledger.directory.socket())) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  fmt::print("a running `serve` keeps the views live; they are up to date\n");
  return true;
}

void project_all(const Ledger& ledger, const lmdb::EventLog& log, bool rebuild) {
  for (const auto partition : ledger.founding.all_partitions())
    if (log.reader(partition)->size() != 0) project(partition, ledger, log, rebuild);
}

Exit project_directory(const Options& options, const LedgerPlace& place) {
  if (options.follow || !options.group.empty())
    throw UsageError(
        "--follow and --group are for ledgers on Kafka; `braid serve` keeps the views of this one "
        "live");
  const auto ledger = open_ledger(place.directory);
  const lmdb::EventLog log(ledger.directory);
  if (!options.rebuild && follows_by_itself(ledger, log)) return Exit::done;
  const lmdb::WriterLock lock(ledger.directory);  // only one process writes the views
  project_all(ledger, log, options.rebuild);
  return Exit::done;
}

/// To the topics' end, and out.
void project_once(KafkaLedger& kafka, bool rebuild) {
  kafka.catch_up_all();
  project_all(kafka.ledger(), kafka.copy(), rebuild);
}

/// On and on, all partitions or those that the group has assigned.
void project_on(KafkaLedger& kafka, const std::string& group) {
  const auto& ledger = kafka.ledger();
  UntilStopped until_stopped;
  LiveViews views(ledger, {.only_kept = !group.empty()});
  kafka.listen([&views](std::uint32_t) { views.wake(); });
  std::unique_ptr<kafka::Membership> membership;
  const auto keep = [&](std::uint32_t partition) {
    kafka.follower().follow(partition);
    views.keep(partition);
  };
  if (group.empty()) {
    for (const auto partition : ledger.founding.all_partitions()) keep(partition);
  } else {
    keep(register_partition);
    auto places = ledger.founding.all_partitions();
    std::erase(places, register_partition);
    membership = std::make_unique<kafka::Membership>(
        kafka.connection(), kafka.topics(),
        kafka::Membership::Options{
            .group = kafka.topics().prefix() + "." + group,
            .partitions = std::move(places),
            .assigned = keep,
            .revoked = [&](std::uint32_t partition) { views.leave(partition); },
            .say = [](const std::string& sentence) { say(sentence); }});
    membership->join();
  }
  say("keeping the views of \"" + ledger.founding.name + "\" live; Ctrl-C or SIGTERM stops");
  until_stopped.run();
  membership.reset();
  kafka.listen({});
}

Exit project_topics(const Options& options, const kafka::Address& address) {
  if (!options.group.empty() && !options.follow)
    throw UsageError("--group shares views out among processes that --follow; give both");
  KafkaLedger kafka(address, {.patience = options.follow
                                              ? std::nullopt
                                              : std::optional(std::chrono::seconds(30))});
  if (options.follow)
    project_on(kafka, options.group);
  else
    project_once(kafka, options.rebuild);
  return Exit::done;
}

Exit run(const Options& options, const Common& common) {
  const auto place = common.place();
  return place.kafka ? project_topics(options, *place.kafka) : project_directory(options, place);
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_flag(
      "--rebuild", options->rebuild,
      "build all views anew beside those that readers see, and swap them in when they are done");
  app.add_flag("--follow", options->follow, "on Kafka: go on, and keep the views live");
  app.add_option("--group", options->group,
                 "on Kafka, with --follow: share the partitions out among the processes of this "
                 "name");
  return [options, &common] { return run(*options, common); };
}

}  // namespace

const Command project_command = {
    "project", "bring the views up to the end of the history, or build them anew",
    "  braid project --ledger ./northshire\n  braid project --rebuild --ledger ./northshire\n"
    "  braid project --follow --ledger 'kafka://localhost:9092?data=./here'",
    declare};

}  // namespace braid::cli
