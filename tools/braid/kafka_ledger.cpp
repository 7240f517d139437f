#include "tools/braid/kafka_ledger.hpp"

#include <fmt/format.h>

#include "adapters/kafka/cluster.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/last_said.hpp"
#include "tools/braid/progress.hpp"

namespace braid::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds between_looks{200};

lmdb::LedgerDirectory data_folder(const std::filesystem::path& path) {
  if (auto opened = lmdb::LedgerDirectory::open(path)) return std::move(*opened);
  auto made = lmdb::LedgerDirectory::create(path);
  if (!made) throw UsageError("data=: " + made.error());
  return std::move(*made);
}

}  // namespace

kafka::Connection open_connection(const kafka::Address& address) {
  auto connection = kafka::Connection::open(address);
  if (!connection) throw UsageError(connection.error());
  return std::move(*connection);
}

KafkaLedger::KafkaLedger(const kafka::Address& address, Options options)
    : address_(address),
      options_(options),
      connection_(open_connection(address)),
      topics_(address.prefix),
      directory_(data_folder(address.data)),
      copy_(directory_),
      held_(copy_.take_over(register_partition)),
      positions_(directory_) {
  mark_copy();
  forget_said(directory_);
  follower_ = std::make_unique<kafka::Follower>(
      connection_, topics_, copy_, positions_,
      kafka::Follower::Options{.say =
                                   [this](const std::string& sentence) {
                                     say(sentence);
                                     note_said(directory_, sentence);
                                   },
                               .moved = [this](std::uint32_t partition) {
                                 const std::scoped_lock telling(telling_);
                                 if (moved_) moved_(partition);
                               }});
  follower_->follow(register_partition);
}

KafkaLedger::~KafkaLedger() = default;

/// The folder becomes a copy of these topics, or is one already.
void KafkaLedger::mark_copy() {
  mark_ = {kafka::shown(address_), address_.prefix, kafka::cluster_id(connection_), ""};
  const auto known = read_copy_mark(directory_);
  const auto path = directory_.root().string();
  if (!known && copy_.reader(register_partition)->size() != 0)
    throw UsageError(path + " is a ledger of its own, not a copy of one on Kafka; give an empty "
                            "folder with data=");
  if (known && !known->same_source(mark_))
    throw UsageError(path + " is a copy of " + known->source +
                     " in another cluster; give an empty folder with data=");
  if (known) mark_.ledger = known->ledger;
  if (known && mark_.cluster.empty()) mark_.cluster = known->cluster;
  if (!known || *known != mark_) write_copy_mark(directory_, mark_);
}

void KafkaLedger::catch_up(std::uint32_t partition) {
  follower_->follow(partition);
  Progress progress("reading partition " + name_of_partition(partition), "entries");
  auto last_offset = follower_->state(partition).read_to;
  auto last_heard = Clock::now();
  const auto asked = follower_->ask_for_end(partition);
  const auto is_there = [&](const kafka::Followed& now) { return now.caught_up >= asked; };
  while (!follower_->wait(partition, is_there, between_looks)) {
    const auto state = follower_->state(partition);
    progress.show(state.reader.chain().size(), 0);
    if (state.read_to != last_offset) last_heard = Clock::now();
    last_offset = state.read_to;
    if (options_.patience && Clock::now() - last_heard > *options_.patience)
      throw IoFault(fmt::format("no broker of {} has answered for {} s; look with `braid topics "
                                "check`, or try again later",
                                kafka::shown(address_), options_.patience->count()));
  }
}

void KafkaLedger::listen(std::function<void(std::uint32_t partition)> moved) {
  const std::scoped_lock telling(telling_);
  moved_ = std::move(moved);
}

void KafkaLedger::catch_up_all() {
  for (const auto partition : ledger().founding.all_partitions()) catch_up(partition);
  catch_up(register_partition);
}

const std::optional<Founding>& KafkaLedger::look_for_founding() {
  if (founding_) return founding_;
  catch_up(register_partition);
  founding_ = read_founding(*copy_.reader(register_partition));
  if (!founding_) return founding_;
  if (!mark_.ledger.empty() && mark_.ledger != founding_->name)
    throw UsageError(directory_.root().string() + " is a copy of the ledger \"" + mark_.ledger +
                     "\", and the topics hold \"" + founding_->name +
                     "\"; give an empty folder with data=");
  mark_.ledger = founding_->name;
  write_copy_mark(directory_, mark_);
  ledger_.emplace(Ledger{directory_, *founding_});
  return founding_;
}

const Ledger& KafkaLedger::ledger() {
  if (!look_for_founding())
    throw UsageError("no ledger is founded at " + kafka::shown(address_) +
                     ": found one with `braid init --ledger '" + kafka::shown(address_) +
                     "?data=DIR' --name NAME`");
  return *ledger_;
}

}  // namespace braid::cli
