#pragma once
#include <atomic>
#include <deque>
#include <exception>
#include <random>
#include <thread>

#include "tests/support/kafka_ledger.hpp"

namespace braid::test {

/// Counties that publish to a ledger without pause, each in a place of its own, on a thread of its
/// own; one submission in eight is one that was answered before. What is answered otherwise than
/// before, or not within `answered_within`, ends it. Publish the ledger's registry first.
class Load {
 public:
  static constexpr std::chrono::seconds answered_within{180};

  struct Options {
    std::vector<std::string> places = {"northshire"};
    std::size_t most_events = 12;  ///< in a submission
    std::size_t on_the_way = 4;    ///< submissions without an answer
    std::chrono::milliseconds pause{10};  ///< between submissions
  };

  /// Borrows `ledger`, whose county it speaks for. Begins.
  Load(const KafkaLedger& ledger, Options options);
  explicit Load(const KafkaLedger& ledger) : Load(ledger, Options()) {}
  ~Load();
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  /// Waits until so many more submissions are answered; false where they are not within
  /// `answered_within`, or the load has ended. Thread: any.
  [[nodiscard]] bool goes_on(std::uint64_t more = 1) const;
  /// Why it has ended by itself; empty: it goes on.
  [[nodiscard]] std::string failure() const;
  [[nodiscard]] std::uint64_t answered() const { return answered_; }
  /// Sends no more, and waits for the answers to all that was sent. Rethrows what ended it.
  const std::vector<std::unique_ptr<Told>>& finish();

 private:
  struct OnTheWay {
    std::uint64_t number = 0;
    std::uint32_t partition = 0;
    std::string place;
    OwnedBytes framed;
    const Told* before = nullptr;  ///< told of the same submission
    std::chrono::steady_clock::time_point sent_at;
    int attempts = 0;  ///< in vain
  };

  void work();
  void send_one();
  void send(std::uint32_t partition, const std::string& place, OwnedBytes framed,
            const Told* before);
  std::optional<ledger::Answer> answer_to(OnTheWay& sent);
  void receive_one();

  const KafkaLedger& ledger_;
  Options options_;
  std::deque<synth::County> counties_;
  kafka::Publisher publisher_;
  std::mt19937 random_;
  std::deque<OnTheWay> on_the_way_;
  std::vector<std::unique_ptr<Told>> told_;
  std::vector<std::pair<const Told*, std::string>> original_;  ///< those sent first, and where
  std::atomic<std::uint64_t> answered_ = 0;
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> ended_ = false;
  std::exception_ptr failure_;
  std::thread thread_;
};

}  // namespace braid::test
