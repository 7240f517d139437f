#include "projections/worker.hpp"

#include <algorithm>
#include <mutex>

#include "events/task_pool.hpp"

namespace braid::projections {

namespace {

/// A store that folds on several threads may read: one at a time, each into memory of its own
/// thread.
class SharedReader final : public RowReader {
 public:
  explicit SharedReader(const RowReader& store) : store_(store) {}

  std::optional<Bytes> get(std::string_view table, Bytes key) const override {
    const std::scoped_lock lock(mutex_);
    return mine(store_.get(table, key));
  }
  void scan(std::string_view table, Bytes from,
            const std::function<bool(Bytes key, Bytes value)>& visit) const override {
    const std::scoped_lock lock(mutex_);
    store_.scan(table, from, visit);
  }
  std::optional<Bytes> last_key(std::string_view table) const override {
    const std::scoped_lock lock(mutex_);
    return mine(store_.last_key(table));
  }
  std::optional<Bytes> position() const override {
    const std::scoped_lock lock(mutex_);
    return mine(store_.position());
  }

 private:
  static std::optional<Bytes> mine(std::optional<Bytes> bytes) {
    static thread_local OwnedBytes copy;
    if (!bytes) return std::nullopt;
    copy.assign(bytes->begin(), bytes->end());
    return Bytes{copy};
  }

  const RowReader& store_;
  mutable std::mutex mutex_;
};

}  // namespace

class Worker::Impl {
 public:
  Impl(const EntrySource& source, RowStore& store, Options options)
      : source_(source),
        store_(store),
        shared_(store),
        options_(std::move(options)),
        pool_(options_.threads) {
    resume();
    for (const auto& projection : projections())
      folds_.push_back(projection.start(shared_, tables_));
    plan_tasks();
  }

  bool step(std::chrono::milliseconds patience) {
    if (ahead_.empty()) read_ahead(patience);
    if (ahead_.empty()) return false;
    std::swap(now_, ahead_);
    chain_ = chain_ahead_;
    pool_.run(tasks_);
    if (tables_.dirty() >= options_.flush_rows) flush();
    return true;
  }

  void catch_up(const std::function<void(Sequence, Sequence)>& progress) {
    while (step(std::chrono::milliseconds{0}))
      if (progress) progress(chain_.size(), std::max(chain_.size(), source_.size()));
    flush();
  }

  void flush() {
    if (flushed_ == chain_.size() && store_.position()) return;
    tables_.flush(store_, encode(ViewPosition{chain_, views_stamp()}));
    flushed_ = chain_.size();
    if (tables_.memory_bytes() > options_.memory_bytes) tables_.trim(options_.rows_kept);
  }

  [[nodiscard]] const EntryChain& chain() const { return chain_; }
  [[nodiscard]] Sequence flushed() const { return flushed_; }

 private:
  void resume() {
    const auto stored = store_.position();
    if (!stored) return;
    const auto position = decode_position(*stored);
    if (!position) throw HistoryBroken("the views' position cannot be read: " + position.error());
    check(position->stamp == views_stamp(),
          "views of other versions are built anew, never continued");
    chain_ = chain_ahead_ = position->chain;
    flushed_ = chain_.size();
    if (source_.size() < chain_.size())
      throw HistoryBroken("the views have seen " + std::to_string(chain_.size()) +
                          " entries and the log holds " + std::to_string(source_.size()) +
                          ": the log was cut, or these are another ledger's views");
  }

  /// The next batch is read, hashed and found to continue the chain while this one is folded; every
  /// fold is a task of its own.
  void plan_tasks() {
    tasks_.emplace_back([this] { read_ahead(std::chrono::milliseconds{0}); });
    if (options_.also) tasks_.emplace_back([this] { options_.also(now_.entries()); });
    for (const auto& fold : folds_)
      tasks_.emplace_back([this, &fold = *fold] { fold.fold(now_.entries()); });
  }

  void read_ahead(std::chrono::milliseconds patience) {
    ahead_.read(source_, chain_ahead_.size(), options_.batch_bytes, patience);
    for (const auto& entry : ahead_.entries()) chain_ahead_.follow(entry.head, entry.leaf);
    if (!ahead_.unreadable().empty()) throw HistoryBroken(ahead_.unreadable());
  }

  const EntrySource& source_;
  RowStore& store_;
  SharedReader shared_;
  Options options_;
  TaskPool pool_;
  TableSet tables_;
  std::vector<std::unique_ptr<Fold>> folds_;
  std::vector<std::function<void()>> tasks_;
  ReadEntries now_;
  ReadEntries ahead_;
  EntryChain chain_;        // of what is folded
  EntryChain chain_ahead_;  // and of the batch that was read ahead
  Sequence flushed_ = 0;
};

Worker::Worker(const EntrySource& source, RowStore& store, Options options)
    : impl_(std::make_unique<Impl>(source, store, std::move(options))) {}
Worker::~Worker() = default;
bool Worker::step(std::chrono::milliseconds patience) { return impl_->step(patience); }
void Worker::catch_up(const std::function<void(Sequence, Sequence)>& progress) {
  impl_->catch_up(progress);
}
void Worker::flush() { impl_->flush(); }
const EntryChain& Worker::chain() const { return impl_->chain(); }
Sequence Worker::flushed() const { return impl_->flushed(); }

std::string views_stamp() {
  std::string stamp;
  for (const auto& projection : projections())
    stamp += std::string(projection.name) + ":" + std::to_string(projection.version) + "\n";
  return stamp;
}

OwnedBytes encode(const ViewPosition& position) {
  auto bytes = position.chain.bytes();
  const auto stamp = as_bytes(position.stamp);
  const auto length = static_cast<std::uint32_t>(stamp.size());
  OwnedBytes all(sizeof length);
  std::memcpy(all.data(), &length, sizeof length);
  all.insert(all.end(), stamp.begin(), stamp.end());
  all.insert(all.end(), bytes.begin(), bytes.end());
  return all;
}

tl::expected<ViewPosition, std::string> decode_position(Bytes bytes) {
  std::uint32_t length = 0;
  if (bytes.size() < sizeof length) return tl::unexpected(std::string("it is too short"));
  std::memcpy(&length, bytes.data(), sizeof length);
  if (bytes.size() - sizeof length < length)
    return tl::unexpected(std::string("its stamp is cut off"));
  const auto stamp = as_text(bytes.subspan(sizeof length, length));
  return EntryChain::parse(bytes.subspan(sizeof length + length)).map([&](EntryChain chain) {
    return ViewPosition{chain, std::string(stamp)};
  });
}

}  // namespace braid::projections
