#pragma once
#include <functional>
#include <memory>

#include "events/table/memory_row_store.hpp"
#include "ledger/event_log.hpp"
#include "ledger/sequencer.hpp"
#include "tools/synth/county.hpp"

namespace braid::test {

/// One register and one place over any engine, with a clock that ticks a microsecond an event: what
/// property tests drive. Borrows the engine.
class SmallLedger {
 public:
  static constexpr std::string_view name = "small";

  explicit SmallLedger(ledger::EventLog& log);
  ~SmallLedger();

  /// Signs and submits; the receipts, one an event.
  std::vector<ledger::Receipt> publish(const synth::County& county, const synth::Batch& batch);
  /// Submits bytes that are signed already.
  std::vector<ledger::Receipt> submit(Bytes framed);
  OwnedBytes sign(const synth::County& county, const synth::Batch& batch) const;

  /// Ends both sequencers and starts new ones, which read what the log holds. With `forget`, from
  /// nothing but the log.
  void restart(bool forget);

  [[nodiscard]] const ledger::State& state() const;

 private:
  struct Side;
  Side& side_of(std::uint32_t partition);

  ledger::EventLog& log_;
  std::int64_t clock_us_ = 1'750'000'000'000'000;
  std::unique_ptr<Side> register_;
  std::unique_ptr<Side> place_;
};

}  // namespace braid::test
