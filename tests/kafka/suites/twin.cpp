#include "tests/kafka/suites/twin.hpp"

#include "adapters/lmdb/row_store.hpp"
#include "events/table/memory_row_store.hpp"
#include "ledger/sequencer.hpp"
#include "projections/worker.hpp"
#include "tests/kafka/suites/audit.hpp"

namespace braid::test {
namespace {

/// Entries of one submission that were written at one moment.
struct Written {
  std::int64_t moment_us = 0;
  std::size_t entries = 0;
};

/// How a history's submissions came to be written, by their place in the queue.
std::map<std::uint64_t, std::vector<Written>> written_in(const EntrySource& source) {
  std::map<std::uint64_t, std::vector<Written>> all;
  EntryBatch batch;
  for (Sequence at = 0;; at += batch.entries.size()) {
    source.read(at, 1 << 20, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty()) return all;
    for (const auto bytes : batch.entries) {
      const auto head = EntryReader(bytes).head();
      auto& written = all[head.queue_offset];
      if (written.empty() || written.back().moment_us != head.recorded_at_us)
        written.push_back({head.recorded_at_us, 0});
      ++written.back().entries;
    }
  }
}

/// Takes so many entries, and no more: as a log does whose writer dies.
class ShortWriter final : public ledger::LogWriter {
 public:
  ShortWriter(ledger::LogWriter& writer, std::size_t takes) : writer_(writer), takes_(takes) {}
  Sequence append(Sequence expected, std::span<const Bytes> entries) override {
    writer_.append(expected, entries.first(std::min(takes_, entries.size())));
    throw OutcomeUnknown("cut short");
  }

 private:
  ledger::LogWriter& writer_;
  std::size_t takes_;
};

}  // namespace

/// One partition's sequencers, one after another.
class EmbeddedTwin::Life {
 public:
  Life(std::uint32_t partition, lmdb::EventLog& log, const lmdb::LedgerDirectory& directory)
      : partition_(partition),
        own_(log.reader(partition)),
        registry_(log.reader(register_partition)),
        writer_(log.take_over(partition)),
        rows_(directory.state(partition)) {
    begin();
  }

  void judge(const CheckedSubmission& checked, std::uint64_t offset,
             const std::vector<Written>& written) {
    for (std::size_t i = 0; i + 1 < written.size(); ++i) {
      now_us_ = written[i].moment_us;
      ShortWriter dying(*writer_, written[i].entries);
      sequencer_->lead(dying);
      CHECK_THROWS_AS(decide(checked, offset), OutcomeUnknown);
      begin();
    }
    now_us_ = written.back().moment_us;
    decide(checked, offset);
  }

 private:
  void begin() {
    sequencer_.reset();
    sequencer_ = std::make_unique<ledger::Sequencer>(partition_, *own_, *registry_, rows_,
                                                     [this] { return now_us_; });
    sequencer_->lead(*writer_);
  }

  void decide(const CheckedSubmission& checked, std::uint64_t offset) {
    const auto index =
        sequencer_->is_inside_submission() ? sequencer_->next().index : std::uint32_t{0};
    const std::array queued = {ledger::Queued{&checked, {0, offset, index}}};
    sequencer_->decide_all(queued);
  }

  std::uint32_t partition_;
  std::int64_t now_us_ = 0;
  std::unique_ptr<EntrySource> own_;
  std::unique_ptr<EntrySource> registry_;
  std::unique_ptr<ledger::LogWriter> writer_;
  lmdb::RowStore rows_;
  std::unique_ptr<ledger::Sequencer> sequencer_;
};

EmbeddedTwin::EmbeddedTwin(const KafkaLedger& ledger)
    : ledger_(ledger),
      directory_(lmdb::LedgerDirectory::create(ledger.folder("twin") / "data").value()),
      log_(directory_) {}

void EmbeddedTwin::live(std::uint32_t partition, const EntrySource& original) {
  const auto written = written_in(original);
  Life life(partition, log_, directory_);
  for (const auto& message : all_of(ledger_, ledger_.topics().submissions(partition))) {
    const auto offset = static_cast<std::uint64_t>(message.offset);
    const auto found = written.find(offset);
    const auto checked =
        check_submission(as_bytes(message.value), KafkaLedger::name, ledger_.partitions());
    REQUIRE((checked && checked->partition == partition) == (found != written.end()));
    if (found != written.end()) life.judge(*checked, offset, found->second);
  }
}

Digest EmbeddedTwin::views(std::uint32_t partition) const {
  MemoryRowStore rows;
  const auto source = log_.reader(partition);
  projections::Worker(*source, rows, {}).catch_up();
  return projections::views_digest(rows);
}

}  // namespace braid::test
