#include "tools/braid/kafka_process.hpp"

namespace braid::cli {

KafkaProcess::KafkaProcess(const kafka::Address& address, const Options& options)
    : kafka_(address, {.patience = std::nullopt}) {
  const auto& ledger = kafka_.ledger();
  require_safe_topics(kafka_.connection(), kafka_.topics(), ledger.founding.partitions,
                      options.single_broker);
  for (const auto partition : ledger.founding.all_partitions())
    kafka_.follower().follow(partition);
  until_stopped_ = std::make_unique<UntilStopped>();  // till here a signal ends the process at once
  if (options.views) views_ = std::make_unique<LiveViews>(ledger, LiveViews::Options{});
  sequencing_ = std::make_unique<Sequencing>(
      kafka_, Sequencing::Options{.key = options.key,
                                  .session_timeout_ms = options.session_timeout_ms,
                                  .failed = [this] { until_stopped_->stop(); }});
  watch_ = std::make_unique<TopicWatch>(
      kafka_.connection(), kafka_.topics(), ledger.founding.partitions,
      [this](std::string sentence) { sequencing_->fail(std::move(sentence)); });
  kafka_.listen([this](std::uint32_t partition) {
    sequencing_->moved(partition);
    if (views_) views_->wake();
  });
}

void KafkaProcess::Options::declare(CLI::App& app) {
  app.add_option("--key", key,
                 "a key of the operator that is not revoked, which signs checkpoints; without it "
                 "that of the ledger's folder");
  app.add_flag("--single-broker", single_broker,
               "on Kafka: serve although a single broker keeps nothing safe; to try things out");
  app.add_option("--session-ms", session_timeout_ms,
                 "on Kafka: how long the group waits for a process that says nothing; brokers take "
                 "6000 and more unless told otherwise")
      ->check(CLI::Range(500, 300'000));
}

KafkaProcess::~KafkaProcess() {
  watch_.reset();
  kafka_.listen([this](std::uint32_t) {
    if (views_) views_->wake();
  });
  sequencing_.reset();
  kafka_.listen({});
}

void KafkaProcess::run() {
  until_stopped_->every(Sequencing::between_looks, [this] { sequencing_->look(); });
  until_stopped_->run();
  if (const auto why = sequencing_->failure()) throw Fenced(*why);
}

}  // namespace braid::cli
