#pragma once
#include <chrono>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "adapters/kafka/address.hpp"
#include "ledger/receipt.hpp"
#include "tools/bench/braid_process.hpp"
#include "tools/bench/kafka_clients.hpp"
#include "tools/synth/county.hpp"

namespace braid::bench {

using Clock = std::chrono::steady_clock;

/// What was told of one submission.
struct Answered {
  std::size_t events = 0;
  std::size_t given = 0;  ///< receipts so far
  std::size_t accepted = 0;
  Sequence last = 0;      ///< of its entries with a receipt
  Clock::time_point at{};
};

/// What a publisher is that has many submissions on their way: a stock producer and a stock consumer
/// of the receipts. `send` and `poll` are one thread's, `read` may be another's.
class Publishing {
 public:
  Publishing(const kafka::Connection& connection, const kafka::Topics& topics,
             std::uint32_t partition);

  /// Its number, from 0.
  std::size_t send(Bytes framed);
  void poll() { producer_.poll(); }
  void finish() { producer_.finish(); }
  /// Before `read`, where nobody read for a while: the minute begins now.
  void expect_answers() { heard_ = Clock::now(); }
  /// Throws where something was not recorded, or nothing came for a minute.
  void read(std::chrono::milliseconds patience);
  /// Sends all, at most `window` on their way, and waits for all answers. How many events.
  std::size_t publish(std::span<const OwnedBytes> framed, std::size_t window);

  [[nodiscard]] std::size_t answered() const { return whole_; }
  /// Once it is answered and its delivery reported.
  [[nodiscard]] const Answered& answer(std::size_t number) const;

  /// What must hold of the history: its leaf at each of these.
  [[nodiscard]] const std::map<Sequence, Digest>& told() const { return told_; }

 private:
  void take(const rd_kafka_message_t& message);

  std::string source_;
  std::string place_;
  BareProducer producer_;
  BareConsumer consumer_;
  std::uint64_t begin_ = 0;  ///< of the queue: what is before is not ours
  std::vector<std::int64_t> offsets_;  ///< by number
  std::map<std::uint64_t, Answered> answers_;  ///< by offset
  std::map<Sequence, Digest> told_;
  std::size_t whole_ = 0;
  Clock::time_point heard_ = Clock::now();
};

/// A ledger of one place on a real broker, with `braid` processes around it, and a county that
/// publishes to it.
class KafkaScene {
 public:
  static constexpr std::uint32_t place = 0;

  /// Founds it under a prefix of its own, starts a sequencer, publishes the register.
  KafkaScene(std::filesystem::path folder, std::string brokers);

  [[nodiscard]] kafka::Address address(const std::string& member) const;
  [[nodiscard]] const kafka::Topics& topics() const { return topics_; }
  /// Of topics that are nobody's ledger, with the same settings.
  [[nodiscard]] const kafka::Topics& bare_topics() const { return bare_topics_; }
  [[nodiscard]] const kafka::Connection& connection() const { return connection_; }

  /// A process `braid WORDS --ledger ...` with the folder of that name.
  std::unique_ptr<BraidProcess> run(const std::string& member, std::vector<std::string> words) const;
  std::unique_ptr<BraidProcess> sequence(const std::string& member) const;
  /// Entries of the place in the copy of a process.
  [[nodiscard]] Sequence copied(const std::string& member) const;

  /// Submissions of at most `events` events, `total` in all, as the county lives on.
  std::vector<OwnedBytes> sign_ahead(std::size_t total, std::size_t events);
  Publishing& publishing() { return *publishing_; }
  std::unique_ptr<BraidProcess>& sequencer() { return sequencer_; }

 private:
  [[nodiscard]] OwnedBytes sign(const synth::Batch& batch) const;

  std::filesystem::path folder_;
  std::string brokers_;
  kafka::Topics topics_;
  kafka::Topics bare_topics_;
  kafka::Connection connection_;
  synth::County county_;
  std::unique_ptr<BraidProcess> sequencer_;
  std::unique_ptr<Publishing> publishing_;
};

}  // namespace braid::bench
