#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "adapters/lmdb/event_log.hpp"
#include "adapters/lmdb/row_store.hpp"
#include "ledger/sequencer.hpp"
#include "tools/synth/county.hpp"

namespace braid::bench {

/// An embedded ledger of one place in a folder of its own, with the register published: what every
/// figure starts from.
class BenchLedger {
 public:
  static constexpr std::string_view name = "bench";

  explicit BenchLedger(const std::filesystem::path& folder);
  ~BenchLedger();

  /// Judges signed and checked submissions in one append. Returns how many events were accepted.
  std::size_t decide(std::span<const CheckedSubmission* const> group);
  /// Records so many accepted events more, in submissions of up to 1,000.
  void grow(std::size_t events);
  /// Ends the writing: the state is flushed, the lock let go.
  void stop_writing();
  /// After that, of the place alone.
  void write_again();

  [[nodiscard]] lmdb::EventLog& log() { return log_; }
  [[nodiscard]] const lmdb::LedgerDirectory& directory() const { return directory_; }
  synth::County& county() { return county_; }
  /// The county's next batch, signed.
  OwnedBytes next_signed(std::size_t max_events);

 private:
  struct Side;
  void publish_registry();

  lmdb::LedgerDirectory directory_;
  lmdb::EventLog log_;
  synth::County county_;
  std::unique_ptr<Side> register_;
  std::unique_ptr<Side> place_;
};

/// Signed submissions, each exactly or at most `events` events, `total` events in all.
std::vector<OwnedBytes> sign_ahead(BenchLedger& ledger, std::size_t total, std::size_t events);

}  // namespace braid::bench
