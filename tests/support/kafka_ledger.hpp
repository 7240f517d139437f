#pragma once
#include <csignal>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/kafka/publisher.hpp"
#include "adapters/lmdb/ledger_directory.hpp"
#include "ledger/receipt.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/transcripts/run_program.hpp"
#include "tools/synth/county.hpp"

namespace braid::test {

/// A `braid` process of a ledger on Kafka. Its name is that of its folder.
class KafkaMember {
 public:
  /// Runs `braid WORDS...`; what it says on standard error goes to a file of `folder`.
  KafkaMember(std::filesystem::path folder, std::vector<std::string> words);

  void kill() { running_.signal(SIGKILL); }
  void pause() { running_.signal(SIGSTOP); }
  void resume() { running_.signal(SIGCONT); }
  void terminate() { running_.signal(SIGTERM); }
  /// Waits for its end: its exit code, or minus the signal that ended it.
  int wait() { return running_.wait(); }
  [[nodiscard]] pid_t pid() const { return running_.pid(); }
  [[nodiscard]] bool has_ended() const { return running_.has_ended(); }
  /// Waits for the next line on its standard output; empty when there will be none.
  std::string hear() { return running_.hear(); }
  /// All that it has said on standard error so far, it and those before it in its folder.
  [[nodiscard]] std::string said() const;

 private:
  std::filesystem::path folder_;
  Running running_;
};

/// A submission, and what was told of it.
struct Told {
  std::uint32_t partition = 0;
  OwnedBytes framed;
  std::vector<ledger::Receipt> receipts;
};

/// A ledger on a real broker, driven as people drive it: `braid` processes, each with a data folder of
/// its own, that a test starts, pauses and kills one by one; and a county that publishes to it. All
/// processes end with this. Thread: one.
class KafkaLedger {
 public:
  struct Options {
    std::string brokers;           ///< empty: the broker that tests share
    std::uint32_t partitions = 1;
    std::uint64_t seed = 1;        ///< of the county
    int session_ms = 6'000;        ///< of its sequencers; the shared broker takes 500 and more
    bool single_broker = true;     ///< whether its topics are made, and taken, as those of one
  };
  static constexpr std::string_view name = "northshire";

  /// Founds the ledger, under a prefix of its own, with the county's operator key.
  explicit KafkaLedger(Options options);
  explicit KafkaLedger() : KafkaLedger(Options()) {}
  ~KafkaLedger();
  KafkaLedger(const KafkaLedger&) = delete;
  KafkaLedger& operator=(const KafkaLedger&) = delete;

  // Processes, by the name of their folder; the same name again goes on in the same folder. They are
  // up when this returns, but for `begin`.
  KafkaMember& sequence(const std::string& member);
  KafkaMember& serve(const std::string& member);
  KafkaMember& project(const std::string& member);
  /// Any other command that goes on: `words` without `--ledger`.
  KafkaMember& begin(const std::string& member, std::vector<std::string> words);
  /// `braid mirror --follow` into the folder of `member`, without waiting for it.
  KafkaMember& mirror_on(const std::string& member);
  /// From its next beginning on `member` reaches the brokers there: through a proxy.
  void route(const std::string& member, std::string there) { routes_[member] = std::move(there); }
  [[nodiscard]] KafkaMember& member(const std::string& who) { return *members_.at(who); }
  void forget(const std::string& member) { members_.erase(member); }

  /// Runs `braid COMMAND --ledger ...` to its end, in the folder of `member`.
  [[nodiscard]] Ran run(const std::string& member, const std::string& command) const;
  /// Signs and publishes checkpoints of all partitions.
  [[nodiscard]] Ran sign_checkpoints(const std::string& member) const;
  /// Copies the ledger into the folder of `member`, as an auditor does.
  [[nodiscard]] Ran mirror(const std::string& member) const;
  /// Gives a topic more partitions than were founded, as nobody should.
  void add_partitions(const std::string& topic, std::size_t partitions) const;
  /// "kafka://...?data=": with the data folder of `member`.
  [[nodiscard]] std::string address(const std::string& member) const;
  [[nodiscard]] lmdb::LedgerDirectory directory(const std::string& member) const;

  // The county publishes.
  /// Its organisations, officers, funds: once, before anything else. Returns when all members have
  /// read them.
  void publish_registry();
  /// What happens next in the place; waits for the answer, a minute at most.
  const Told& publish_next(std::size_t max_events);
  /// The same submission once more.
  const Told& publish_again(const Told& told);
  [[nodiscard]] OwnedBytes sign(const synth::Batch& batch) const;
  /// Sends without waiting: a number for `receive`, which waits.
  std::uint64_t send(std::uint32_t partition, OwnedBytes framed);
  const Told& receive(std::uint64_t number, std::uint32_t partition, OwnedBytes framed);
  [[nodiscard]] const std::vector<std::unique_ptr<Told>>& told() const { return told_; }
  [[nodiscard]] synth::County& county() { return county_; }

  [[nodiscard]] const std::string& brokers() const { return options_.brokers; }
  [[nodiscard]] std::uint32_t partitions() const { return options_.partitions; }
  [[nodiscard]] std::uint64_t seed() const { return options_.seed; }
  [[nodiscard]] const std::string& prefix() const { return prefix_; }
  [[nodiscard]] const kafka::Topics& topics() const { return topics_; }
  [[nodiscard]] std::filesystem::path folder(const std::string& member) const;

 private:
  const Told& publish(const synth::Batch& batch);
  KafkaMember& begin_anew(const std::string& member, const std::vector<std::string>& words);
  [[nodiscard]] std::vector<std::string> writing(const std::string& command) const;
  [[nodiscard]] const std::string& brokers_of(const std::string& member) const;
  [[nodiscard]] bool has_copied(const std::string& member, Sequence register_size) const;

  Options options_;
  support::TemporaryFolder folder_;
  std::string prefix_;
  kafka::Topics topics_;
  synth::County county_;
  std::unique_ptr<kafka::Publisher> publisher_;
  std::vector<std::unique_ptr<Told>> told_;
  std::map<std::string, std::unique_ptr<KafkaMember>> members_;
  std::map<std::string, std::string> routes_;
};

/// Whether a history bears out what was told: every receipt true, every accepted event there, and
/// once. A sentence about the first that is not; empty where all is well.
std::string what_was_untrue(const std::vector<std::unique_ptr<Told>>& told,
                            const lmdb::LedgerDirectory& copy);

}  // namespace braid::test
