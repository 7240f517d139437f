#include "tools/braid/views_keeper.hpp"

#include "events/faults.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {
namespace {

std::optional<projections::ViewPosition> position_in(const RowReader& rows) {
  const auto stored = rows.position();
  if (!stored) return std::nullopt;
  auto position = projections::decode_position(*stored);
  if (!position) throw HistoryBroken("the views' position cannot be read: " + position.error());
  return std::move(*position);
}

}  // namespace

ViewsKeeper::ViewsKeeper(std::uint32_t partition, const lmdb::LedgerDirectory& directory,
                         const lmdb::EventLog& log, Options options)
    : partition_(partition),
      views_(directory.views(partition)),
      source_(log.reader(partition)),
      tree_(directory.tree(partition), *source_, options.rebuild) {
  generation_ = views_.current();
  if (generation_) store_ = std::make_unique<lmdb::RowStore>(generation_->folder());
  if (options.rebuild || !can_go_on())
    build(options);
  else
    start(options.threads);
  views_.remove_unused();
}

bool ViewsKeeper::step() {
  const bool folded = worker_->step(std::chrono::milliseconds{0});
  return tree_.step() || folded;
}

void ViewsKeeper::flush() {
  worker_->flush();
  tree_.flush();
}

void ViewsKeeper::catch_up(const Progress& progress) {
  worker_->catch_up(progress);
  tree_.catch_up();
}

bool ViewsKeeper::is_flushed() const {
  return worker_->flushed() == worker_->chain().size() && tree_.is_flushed();
}

bool ViewsKeeper::can_go_on() const {
  if (!store_) return false;
  const auto position = position_in(*store_);
  return position && position->stamp == projections::views_stamp();
}

void ViewsKeeper::start(unsigned threads) {
  worker_ = std::make_unique<projections::Worker>(*source_, *store_,
                                                  projections::Worker::Options{.threads = threads});
}

void ViewsKeeper::build(const Options& options) {
  auto fresh = views_.begin();
  store_.reset();
  store_ = std::make_unique<lmdb::RowStore>(fresh.folder(), lmdb::RowStore::Sync::at_the_end);
  start(options.threads);
  worker_->catch_up(options.progress);
  store_->make_durable();
  views_.make_current(fresh);
  generation_ = std::move(fresh);
}

std::optional<projections::ViewPosition> view_position(const lmdb::LedgerDirectory& directory,
                                                       std::uint32_t partition) {
  const auto current = lmdb::ViewDirectory(directory.views(partition)).current();
  if (!current) return std::nullopt;
  return position_in(lmdb::RowSnapshot(current->folder()));
}

}  // namespace braid::cli
