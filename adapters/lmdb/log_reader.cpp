#include "adapters/lmdb/log_reader.hpp"

#include <algorithm>
#include <thread>

namespace braid::lmdb {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr MDB_dbi main_table = 1;
constexpr milliseconds between_looks_for_a_log{20};
constexpr int most_attempts = 1000;

// Ends the moment whatever is thrown, so that no page is kept from being used again.
struct Ending {
  ReadTransaction& moment;
  ~Ending() { moment.reset(); }
};

void copy_into_storage(EntryBatch& batch, std::size_t max_bytes) {
  std::size_t needed = 0;
  for (auto entry : batch.entries) needed += LogPages::room_for(entry.size());
  if (batch.storage.size() < needed) {
    auto bytes = std::max(needed, std::min(max_bytes, batch.storage.size() * 2));
    batch.storage.clear();  // nothing to move
    batch.storage.resize(bytes);
  }
  auto* to = batch.storage.data();
  for (auto& entry : batch.entries) {
    std::memcpy(to, entry.data(), entry.size());
    entry = Bytes{to, entry.size()};
    to += LogPages::room_for(entry.size());
  }
}

}  // namespace

LogReader::Opened::Opened(const std::filesystem::path& folder, const EnvironmentOptions& options)
    : environment(Environment::open(folder, options)),
      moment(*environment),
      pages(*environment),
      bell(Bell::of_reader(bell_file(folder))) {
  moment.reset();
}

LogReader::LogReader(std::filesystem::path folder, EnvironmentOptions options)
    : folder_(std::move(folder)), options_(options) {}

LogReader::Opened* LogReader::open() const {
  if (!opened_ && Environment::exists(folder_))
    opened_ = std::make_unique<Opened>(folder_, options_);
  return opened_.get();
}

Sequence LogReader::size() const {
  auto* log = open();
  if (log == nullptr) return 0;
  log->moment.renew();
  Ending ending{log->moment};
  auto stat = log->moment.stat(main_table);
  return stat ? stat->ms_entries : 0;
}

void LogReader::read_present(Opened& log, Sequence from, std::size_t max_bytes,
                             EntryBatch& batch) const {
  Ending ending{log.moment};
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    log.moment.renew();
    if (!log.pages.collect(log.moment, from, max_bytes, batch.entries)) continue;
    copy_into_storage(batch, max_bytes);
    return;
  }
  throw HistoryBroken(
      folder_.string() +
      " is damaged: its first pages contradict themselves. Stop, keep the file as it is, "
      "and restore the ledger from a copy or a mirror");
}

void LogReader::read(Sequence from, std::size_t max_bytes, milliseconds patience,
                     EntryBatch& batch) const {
  batch.first = from;
  batch.entries.clear();
  const auto deadline = Clock::now() + patience;
  for (;;) {
    auto* log = open();
    if (log != nullptr && log->bell.silent()) log->bell = Bell::of_reader(bell_file(folder_));
    auto rings = log != nullptr ? log->bell.rings() : 0;
    if (log != nullptr) read_present(*log, from, max_bytes, batch);
    auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
    if (!batch.entries.empty() || left <= milliseconds::zero()) return;
    if (log != nullptr && !log->bell.silent())
      log->bell.wait(rings, left);
    else
      std::this_thread::sleep_for(std::min(left, between_looks_for_a_log));
  }
}

}  // namespace braid::lmdb
