#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.hpp"

namespace braid::support {

/// What a test asks of brokers of its own.
struct LocalBrokerOptions {
  int brokers = 1;  ///< 1 or 3
  /// Lines of server.properties, "group.min.session.timeout.ms=500".
  std::vector<std::string> settings;
  /// Broker by number (from 1): where a proxy listens for its clients, "127.0.0.1:4321".
  std::map<int, std::string> advertised;
};

/// Real Kafka brokers of a test's own (tools/kafka/local), on free ports of 127.0.0.1, their data in
/// a temporary folder. Brokers are numbered from 1. They end when this ends and when the process
/// ends, however it ends. What the tool cannot do is thrown, with its words. Thread: one at a time.
class LocalBroker {
 public:
  /// Returns when all of them answer: some 3 seconds for one, 6 for three.
  explicit LocalBroker(const LocalBrokerOptions& options = {});
  ~LocalBroker();
  LocalBroker(const LocalBroker&) = delete;
  LocalBroker& operator=(const LocalBroker&) = delete;

  /// "127.0.0.1:23450,127.0.0.1:23451": what a client is told.
  [[nodiscard]] std::string bootstrap() const;
  /// Where broker `number` listens for the proxy that it advertises.
  [[nodiscard]] std::string proxied(int number = 1) const;
  /// Where its log, settings and topics are: this / "1" / "broker.log".
  [[nodiscard]] std::filesystem::path data() const { return folder_ / "brokers"; }

  void stop(int number = 1);     ///< in order
  void kill(int number = 1);     ///< SIGKILL
  void pause(int number = 1);    ///< SIGSTOP: holds its connections and says nothing
  void resume(int number = 1);   ///< SIGCONT
  void restart(int number = 1);  ///< stops it where it runs; returns when it answers again

 private:
  void command(const std::string& word, int number);
  void run(std::vector<std::string> words) const;
  [[nodiscard]] std::string remembered(const std::string& key) const;

  TemporaryFolder folder_;
};

/// "127.0.0.1:23450": the broker that the default Kafka tests share; ctest starts it before them and
/// stops it after (tests/kafka/shared_broker). Throws where none runs, with the remedy.
std::string shared_broker();
/// A name that no other test has used: for topics and groups on the shared broker.
std::string fresh_name();

}  // namespace braid::support
