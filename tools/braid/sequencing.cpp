#include "tools/braid/sequencing.hpp"

#include <fmt/format.h>

#include "tools/braid/command.hpp"
#include "tools/braid/published_checkpoints.hpp"

namespace braid::cli {

Sequencing::Sequencing(KafkaLedger& kafka, Options options)
    : kafka_(kafka),
      options_(std::move(options)),
      ledger_(kafka.ledger()),
      registry_(kafka) {
  const auto all = ledger_.founding.all_partitions();
  checkpoints_ = std::make_unique<CheckpointThread>(
      ledger_, options_.key, to_checkpoint_topic(kafka, ledger_.founding));
  not_ready_ = all.size() + 1;  // and this object
  membership_ = std::make_unique<kafka::Membership>(kafka.connection(), kafka.topics(),
                                                    membership_options());
  receipts_ = std::make_unique<kafka::ReceiptTopic>(
      kafka.connection(), kafka.topics(), [this](std::uint32_t partition, std::int64_t behind) {
        membership_->set_delivered(partition, behind);
      });
  const SequencingProcess process{
      .kafka = kafka,
      .ledger = ledger_,
      .receipts = *receipts_,
      .checkpoints = *checkpoints_,
      .registry = registry_,
      .limits = ledger::StateLimits::shared_by(all.size()),
      .delivered =
          [this](std::uint32_t partition) {
            return static_cast<std::uint64_t>(membership_->delivered(partition));
          },
      .warm = [this] { one_more_is_ready(); },
      .serves = [](const std::string& sentence) { say(sentence); },
      .fail = [this](std::string sentence) { fail(std::move(sentence)); }};
  for (const auto partition : all)
    partitions_[partition] = std::make_unique<PartitionSequencer>(partition, process);
  one_more_is_ready();
}

/// Whatever the group then gives to this process is served at once.
void Sequencing::one_more_is_ready() {
  if (--not_ready_ != 0) return;
  say("ready to serve: joining those that share the partitions out");
  membership_->join();
}

kafka::Membership::Options Sequencing::membership_options() {
  return {.group = kafka_.topics().prefix() + ".sequencers",
          .partitions = ledger_.founding.all_partitions(),
          .session_timeout_ms = options_.session_timeout_ms,
          .assigned = [this](std::uint32_t partition) { partitions_.at(partition)->assign(); },
          .revoked = [this](std::uint32_t partition) { partitions_.at(partition)->revoke(); },
          .say = [](const std::string& sentence) { say(sentence); }};
}

Sequencing::~Sequencing() {
  receipts_->stop();  // who would wait for brokers that are away ends instead
  for (auto& [partition, sequencer] : partitions_) sequencer->finish();
  receipts_.reset();  // waits until what was told is delivered
  membership_.reset();
  checkpoints_.reset();  // what is signed at the end is published
}

void Sequencing::moved(std::uint32_t partition) {
  partitions_.at(partition)->moved();
  if (partition == register_partition)  // places follow it too
    for (auto& [number, sequencer] : partitions_) sequencer->moved();
}

void Sequencing::fail(std::string sentence) {
  {
    const std::scoped_lock lock(mutex_);
    if (failure_) return;
    failure_ = std::move(sentence);
  }
  if (options_.failed) options_.failed();
}

std::optional<std::string> Sequencing::failure() const {
  const std::scoped_lock lock(mutex_);
  return failure_;
}

PartitionSequencer::Doing Sequencing::doing(std::uint32_t partition) const {
  return partitions_.at(partition)->doing();
}

void Sequencing::look() {
  const auto now = Clock::now();
  const auto since = now - std::exchange(looked_at_, now);
  if (since > standing_still && !served_.empty()) {
    stood_still_ = since;
    suspicious_until_ = now + suspicion;
  }
  if (now < suspicious_until_) {
    if (const auto who = who_replaced_us(); !who.empty())
      fail(fmt::format("this process stood still for {:.1f} s, and {}. What it had in hand "
                       "was given no receipt, and it ends; start it again",
                       stood_still_.count(), who));
    return;
  }
  served_.clear();
  for (const auto& [partition, sequencer] : partitions_)
    if (sequencer->doing() == PartitionSequencer::Doing::serving)
      served_[partition] = sequencer->writers();
}

/// "writer 1f... has taken over partition 0", for each that is known by now; the group may have given
/// it back to this process since.
std::string Sequencing::who_replaced_us() const {
  std::string all;
  for (const auto& [partition, then] : served_) {
    const auto current = kafka_.follower().state(partition).reader.current();
    const auto now = partitions_.at(partition)->writers();
    const bool took_it_back = now.times_replaced != then.times_replaced;
    if (took_it_back || (current != then.own && current != now.own))
      all += fmt::format("{}writer {} has taken over {}", all.empty() ? "" : ", ",
                         (took_it_back ? now.replaced_by : current).text(),
                         partition == register_partition
                             ? "the register"
                             : "partition " + name_of_partition(partition));
  }
  return all;
}

}  // namespace braid::cli
