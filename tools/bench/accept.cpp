// P2, P3, P4: accepting events, durable before the receipt.
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "tools/bench/bench_ledger.hpp"
#include "tools/bench/benches.hpp"
#include "tools/bench/measure.hpp"

namespace braid::bench {

namespace {

/// A queue between two threads; closed when no more comes.
template <class T>
class Pipe {
 public:
  void push(T item) {
    {
      const std::scoped_lock lock(mutex_);
      items_.push_back(std::move(item));
    }
    changed_.notify_one();
  }
  void close() {
    {
      const std::scoped_lock lock(mutex_);
      closed_ = true;
    }
    changed_.notify_all();
  }
  /// All that waits, at most `most`; empty when closed.
  std::vector<T> take(std::size_t most) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || !items_.empty(); });
    std::vector<T> taken;
    while (!items_.empty() && taken.size() < most) {
      taken.push_back(std::move(items_.front()));
      items_.pop_front();
    }
    return taken;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<T> items_;
  bool closed_ = false;
};

CheckedSubmission check_or_throw(Bytes framed) {
  auto checked = check_submission(framed, BenchLedger::name, 1);
  if (!checked) throw std::runtime_error(checked.error().sentence);
  return std::move(*checked);
}

/// One publisher that waits for each receipt before it sends the next.
std::size_t accept_one_by_one(BenchLedger& ledger, std::span<const OwnedBytes> framed) {
  std::size_t events = 0;
  for (const auto& bytes : framed) {
    const auto checked = check_or_throw(bytes);
    const std::array group = {&checked};
    events += checked.submission.events.size();
    ledger.decide(group);
  }
  return events;
}

/// `waiting` publishers at a time, each sending its next when it has its receipt: signatures are
/// checked on one thread, judged and appended on another, all that waits in one group. Returns the
/// events.
std::size_t accept_together(BenchLedger& ledger, std::span<const OwnedBytes> framed,
                            std::size_t waiting) {
  Pipe<std::size_t> to_check;
  Pipe<std::unique_ptr<CheckedSubmission>> to_judge;
  std::jthread checker([&] {
    for (;;) {
      const auto next = to_check.take(1);
      if (next.empty()) return to_judge.close();
      to_judge.push(std::make_unique<CheckedSubmission>(check_or_throw(framed[next[0]])));
    }
  });
  std::size_t sent = 0;
  std::size_t events = 0;
  while (sent < std::min(waiting, framed.size())) to_check.push(sent++);
  for (std::size_t answered = 0; answered < framed.size();) {
    const auto group = to_judge.take(waiting);
    std::vector<const CheckedSubmission*> pointers;
    for (const auto& checked : group) {
      pointers.push_back(checked.get());
      events += checked->submission.events.size();
    }
    ledger.decide(pointers);
    answered += group.size();
    for (std::size_t i = 0; i < group.size() && sent < framed.size(); ++i) to_check.push(sent++);
  }
  to_check.close();
  return events;
}

/// LMDB's own durable commits of values of the same size, through the same engine with nothing
/// above it.
void bare_commits(Series& series, const std::filesystem::path& folder, std::size_t commits,
                  std::size_t entries, std::size_t bytes) {
  auto directory = lmdb::LedgerDirectory::create(folder);
  if (!directory) throw std::runtime_error(directory.error());
  lmdb::EventLog log(*directory);
  const auto writer = log.take_over(0);
  const std::vector<std::uint64_t> value(bytes / 8, 0x0123456789abcdef);
  const std::vector<Bytes> batch(entries, std::as_bytes(std::span(value)));
  Sequence next = 0;
  const auto took = seconds([&] {
    for (std::size_t i = 0; i < commits; ++i) next = writer->append(next, batch);
  });
  series.add(static_cast<double>(commits * entries), took);
}

}  // namespace

void bench_accept(const std::filesystem::path& folder, int rounds) {
  constexpr std::size_t singles = 3'000;
  BenchLedger ledger(folder / "accept");
  accept_together(ledger, sign_ahead(ledger, 20'000, 1'000),
                  8);  // a ledger that has lived a little
  Series floor{"LMDB durable commits of one 700-byte value", "commits"};
  Series p2{"P2 one publisher, one event a submission", "events"};
  Series p3{"P3 32 publishers, one event a submission", "events"};
  Series p3_ten{"P3 32 publishers, up to ten events a submission", "events"};
  Series floor_batch{"LMDB durable commits of 1,000 450-byte values", "entries"};
  Series p4{"P4 batches of up to 1,000, eight in flight", "events"};
  for (int round = 0; round < rounds; ++round) {
    const auto one = sign_ahead(ledger, singles, 1);
    const auto many = sign_ahead(ledger, 4 * singles, 1);
    const auto ten = sign_ahead(ledger, 12 * singles, 10);
    const auto big = sign_ahead(ledger, 150'000, 1'000);
    const auto run = [](Series& series, const std::function<std::size_t()>& work) {
      std::size_t events = 0;
      const auto took = seconds([&] { events = work(); });
      series.add(static_cast<double>(events), took);
    };
    bare_commits(floor, folder / ("floor-" + std::to_string(round)), singles, 1, 700);
    run(p2, [&] { return accept_one_by_one(ledger, one); });
    run(p3, [&] { return accept_together(ledger, many, 32); });
    run(p3_ten, [&] { return accept_together(ledger, ten, 32); });
    bare_commits(floor_batch, folder / ("floor-batch-" + std::to_string(round)), 150, 1'000, 450);
    run(p4, [&] { return accept_together(ledger, big, 8); });
  }
  print(
      "Accepting: form, signature, authority, rules, postings, Merkle tree, durable before the "
      "receipt; two threads",
      {floor, p2, p3, p3_ten});
  print("The same in batches", {floor_batch, p4});
  ledger.stop_writing();
}

}  // namespace braid::bench
