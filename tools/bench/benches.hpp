#pragma once
#include <cstddef>
#include <filesystem>
#include <string>

namespace braid::bench {

/// P2, P3, P4.
void bench_accept(const std::filesystem::path& folder, int rounds);
/// P1 and P10, over `events` accepted events. Keeps the ledger in `folder` for the next run.
void bench_replay(const std::filesystem::path& folder, int rounds, std::size_t events);

struct KafkaOptions {
  std::string brokers;        ///< "host:port"
  std::string kafka_version;  ///< to print
  int rounds = 3;
  std::size_t events = 100'000;  ///< a round
  std::size_t seconds = 10;      ///< of a thousand single events each
};
/// P5, P6, P7 and taking over, on a broker that runs.
void bench_kafka(const std::filesystem::path& folder, const KafkaOptions& options);
/// An inclusion proof from a stored tree of `leaves`; keeping the tree of a history of `events`, and
/// exporting it; then `bench_audit_commands`.
void bench_audit(const std::filesystem::path& folder, int rounds, std::size_t events,
                 std::size_t leaves);

class BenchLedger;
/// What an auditor asks of a ledger that nobody writes, each by a command of its own. Grows it by a
/// hundredth.
void bench_audit_commands(const std::filesystem::path& folder, int rounds, BenchLedger& ledger);

}  // namespace braid::bench
