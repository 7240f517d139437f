#include "tests/support/small_ledger.hpp"

#include <array>
#include <stdexcept>

namespace braid::test {

struct SmallLedger::Side {
  Side(ledger::EventLog& engine, std::uint32_t number, std::function<std::int64_t()> clock)
      : partition(number), log(engine), now(std::move(clock)) {}

  void start() {
    own = log.reader(partition);
    registry = log.reader(register_partition);
    writer = log.take_over(partition);
    sequencer =
        std::make_unique<ledger::Sequencer>(partition, *own, *registry, *store, now);
    sequencer->lead(*writer);
  }

  std::uint32_t partition;
  ledger::EventLog& log;
  std::function<std::int64_t()> now;
  std::unique_ptr<MemoryRowStore> store = std::make_unique<MemoryRowStore>();
  std::unique_ptr<EntrySource> own;
  std::unique_ptr<EntrySource> registry;
  std::unique_ptr<ledger::LogWriter> writer;
  std::unique_ptr<ledger::Sequencer> sequencer;
};

SmallLedger::SmallLedger(ledger::EventLog& log) : log_(log) { restart(true); }

SmallLedger::~SmallLedger() = default;

void SmallLedger::restart(bool forget) {
  const auto clock = [this] { return ++clock_us_; };
  for (auto* side : {&register_, &place_}) {
    const auto partition = side == &register_ ? register_partition : 0U;
    if (*side && !forget) (*side)->sequencer->flush();
    auto kept = *side && !forget ? std::move((*side)->store) : nullptr;
    *side = nullptr;
    *side = std::make_unique<Side>(log_, partition, clock);
    if (kept) (*side)->store = std::move(kept);
    (*side)->start();
  }
}

SmallLedger::Side& SmallLedger::side_of(std::uint32_t partition) {
  return partition == register_partition ? *register_ : *place_;
}

OwnedBytes SmallLedger::sign(const synth::County& county, const synth::Batch& batch) const {
  std::vector<Bytes> events;
  for (const auto& event : batch.events) events.emplace_back(event);
  return sign_submission(name, batch.publisher, county.key_of(batch.publisher), events);
}

std::vector<ledger::Receipt> SmallLedger::publish(const synth::County& county,
                                                  const synth::Batch& batch) {
  return submit(sign(county, batch));
}

std::vector<ledger::Receipt> SmallLedger::submit(Bytes framed) {
  const auto checked = check_submission(framed, name, 1);
  if (!checked) throw std::runtime_error(checked.error().field + ": " + checked.error().sentence);
  auto& sequencer = *side_of(checked->partition).sequencer;
  const std::array queue = {ledger::Queued{&*checked, sequencer.next()}};
  return std::move(sequencer.decide_all(queue).front());
}

const ledger::State& SmallLedger::state() const { return place_->sequencer->state(); }

}  // namespace braid::test
