#pragma once
#include <memory>
#include <vector>

#include "events/table/memory_row_store.hpp"
#include "ledger/memory_log.hpp"
#include "ledger/sequencer.hpp"
#include "tools/synth/county.hpp"

namespace braid::test {

/// One partition's sequencer with all that it borrows; leads at once or only follows.
class OnePartition {
 public:
  using Clock = std::function<std::int64_t()>;

  OnePartition(ledger::EventLog& log, std::uint32_t partition, RowStore& store, Clock clock)
      : log_(log),
        partition_(partition),
        own_(log.reader(partition)),
        registry_(log.reader(register_partition)),
        sequencer_(partition, *own_, *registry_, store, std::move(clock)) {}

  void lead() { lead(log_.take_over(partition_)); }
  void lead(std::unique_ptr<ledger::LogWriter> writer) {
    writer_ = std::move(writer);
    sequencer_.lead(*writer_);
  }
  [[nodiscard]] ledger::Sequencer& sequencer() { return sequencer_; }

 private:
  ledger::EventLog& log_;
  std::uint32_t partition_;
  std::unique_ptr<EntrySource> own_;
  std::unique_ptr<EntrySource> registry_;
  std::unique_ptr<ledger::LogWriter> writer_;
  ledger::Sequencer sequencer_;
};

/// A county's submissions to place 0, signed and checked, in a ledger whose register is written.
class CountyQueue {
 public:
  static constexpr std::string_view name = "small";

  /// Writes the register of `log`.
  CountyQueue(ledger::EventLog& log, std::uint64_t seed)
      : county_({.seed = seed, .people = 8, .panel = 3}) {
    MemoryRowStore rows;
    OnePartition registry(log, register_partition, rows, clock());
    registry.lead();
    for (const auto& batch : county_.registry(name, 1)) {
      const auto& checked = sign(batch.publisher, batch.publisher, batch.events);
      const std::array queue = {ledger::Queued{&checked, registry.sequencer().next()}};
      const auto receipts = registry.sequencer().decide_all(queue);
      for (const auto& receipt : receipts.front())
        if (receipt.outcome == ledger::Receipt::Outcome::refused)
          throw std::runtime_error(receipt.findings.front().sentence);
    }
  }

  /// What the county does next.
  const CheckedSubmission& next(std::size_t max_events) {
    const auto batch = county_.next(max_events);
    return sign(batch.publisher, batch.publisher, batch.events);
  }
  /// The first `events` of a submission once more.
  const CheckedSubmission& again(const CheckedSubmission& earlier, std::size_t events) {
    const auto& all = earlier.submission.events;
    std::vector<OwnedBytes> some;
    for (std::size_t i = 0; i < std::min(events, all.size()); ++i)
      some.emplace_back(all[i].begin(), all[i].end());
    return sign(earlier.submission.publisher, earlier.submission.publisher, some);
  }
  /// What the county does next, under a key that does not speak for it.
  const CheckedSubmission& forged(std::size_t max_events) {
    const auto batch = county_.next(max_events);
    return sign(batch.publisher, synth::County::operator_code, batch.events);
  }

  /// Ticks a microsecond each time it is asked.
  OnePartition::Clock clock() {
    return [this] { return ++now_us_; };
  }

 private:
  const CheckedSubmission& sign(std::string_view publisher, std::string_view key_of,
                                const std::vector<OwnedBytes>& events) {
    const std::vector<Bytes> borrowed(events.begin(), events.end());
    const auto framed = sign_submission(name, publisher, county_.key_of(key_of), borrowed);
    auto checked = check_submission(framed, name, 1);
    if (!checked) throw std::runtime_error(checked.error().sentence);
    return *kept_.emplace_back(std::make_unique<CheckedSubmission>(std::move(*checked)));
  }

  synth::County county_;
  std::vector<std::unique_ptr<CheckedSubmission>> kept_;
  std::int64_t now_us_ = 1'750'000'000'000'000;
};

/// Appends so many entries more, then a prefix of what it is given, and says that the outcome is
/// unknown: what a writer leaves that is killed in the middle of a batch.
class CutWriter final : public ledger::LogWriter {
 public:
  CutWriter(std::unique_ptr<ledger::LogWriter> writer, std::size_t entries_left)
      : writer_(std::move(writer)), left_(entries_left) {}

  Sequence append(Sequence expected, std::span<const Bytes> entries) override {
    const auto taken = std::min(left_, entries.size());
    left_ -= taken;
    const auto end = writer_->append(expected, entries.first(taken));
    if (taken < entries.size()) throw OutcomeUnknown("the writer was cut off, as planned");
    return end;
  }

 private:
  std::unique_ptr<ledger::LogWriter> writer_;
  std::size_t left_;
};

}  // namespace braid::test
