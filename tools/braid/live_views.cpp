#include "tools/braid/live_views.hpp"

#include <fmt/format.h>

#include "events/faults.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {

LiveViews::LiveViews(Ledger ledger, Options options)
    : ledger_(std::move(ledger)),
      options_(options),
      erasures_(ledger_),
      log_(std::make_unique<lmdb::EventLog>(ledger_.directory)),
      thread_([this] { work(); }) {}

LiveViews::~LiveViews() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void LiveViews::wake() {
  {
    const std::scoped_lock lock(mutex_);
    awake_ = true;
  }
  changed_.notify_all();
}

void LiveViews::reset() {
  const std::scoped_lock lock(using_);
  kept_.clear();
  log_ = std::make_unique<lmdb::EventLog>(ledger_.directory);
}

void LiveViews::keep(std::uint32_t partition) {
  {
    const std::scoped_lock lock(mutex_);
    wanted_.insert(partition);
    awake_ = true;
  }
  changed_.notify_all();
}

void LiveViews::leave(std::uint32_t partition) {
  const std::scoped_lock lock(mutex_);
  wanted_.erase(partition);
  awake_ = true;
  changed_.notify_all();
}

std::vector<std::uint32_t> LiveViews::wanted() {
  if (!options_.only_kept) return ledger_.founding.all_partitions();
  const std::scoped_lock lock(mutex_);
  std::erase_if(kept_, [this](const auto& each) { return !wanted_.contains(each.first); });
  return {wanted_.begin(), wanted_.end()};
}

bool LiveViews::has_unflushed() const {
  return std::ranges::any_of(kept_, [](const auto& each) {
    const auto& kept = each.second;
    return kept.in_doubt || (kept.keeper && !kept.keeper->is_flushed());
  });
}

void LiveViews::work() {
  for (bool more = true, unflushed = false;;) {
    bool last = false;
    {
      std::unique_lock lock(mutex_);
      const auto due = [&] { return awake_ || stopping_; };
      if (!more && unflushed) changed_.wait_for(lock, flush_after, due);
      if (!more && !unflushed) changed_.wait(lock, due);
      awake_ = false;
      last = stopping_;
    }
    const std::scoped_lock lock(using_);
    more = step_all();
    unflushed = has_unflushed();
    if (!last || more) continue;
    for (auto& [partition, kept] : kept_)
      guard(partition, kept, [&] { flush_if_due(partition, kept, true); });
    return;
  }
}

bool LiveViews::step_all() {
  bool more = false;
  for (const auto partition : wanted()) {
    auto& kept = kept_[partition];
    guard(partition, kept, [&] { more = step(partition, kept) || more; });
  }
  return more;
}

bool LiveViews::step(std::uint32_t partition, Kept& kept) {
  if (kept.given_up || !open(partition, kept)) return false;
  const bool more = kept.keeper->step();
  flush_if_due(partition, kept, false);
  return more;
}

bool LiveViews::open(std::uint32_t partition, Kept& kept) {
  if (kept.keeper) return true;
  if (kept.in_doubt && Clock::now() - kept.flushed_at < before_next_attempt) return false;
  const auto size = log_->reader(partition)->size();
  if (size == 0) return false;
  const auto position = view_position(ledger_.directory, partition);
  const bool usable = position && position->stamp == projections::views_stamp();
  const auto tree = tree_chain(ledger_.directory.tree(partition)).size();
  const auto seen = std::min(usable ? position->chain.size() : 0, tree);
  if (size > seen && size - seen > options_.most_behind) {
    kept.given_up = true;
    say(fmt::format(
        "the views of partition {} are {} entries behind; bring them up with `braid project`",
        name_of_partition(partition), size - seen));
    return false;
  }
  kept.keeper =
      std::make_unique<ViewsKeeper>(partition, ledger_.directory, *log_, ViewsKeeper::Options{});
  erasures_.look(partition);
  kept.in_doubt = false;
  return true;
}

void LiveViews::flush_if_due(std::uint32_t partition, Kept& kept, bool now) {
  if (!kept.keeper || kept.keeper->is_flushed()) return;
  const auto begun = Clock::now();
  const auto wait = std::max<Clock::duration>(flush_after, kept.flush_took * part_of_time_for_flushes);
  if (!now && begun - kept.flushed_at < wait) return;
  kept.keeper->flush();
  erasures_.look(partition);
  kept.flushed_at = Clock::now();
  kept.flush_took = kept.flushed_at - begun;
}

void LiveViews::guard(std::uint32_t partition, Kept& kept, const std::function<void()>& work) {
  try {
    work();
  } catch (const StorageFull& fault) {
    if (!kept.in_doubt)
      say(fmt::format("the views of partition {} wait: {}", name_of_partition(partition),
                      fault.what()));
    kept.keeper.reset();
    kept.in_doubt = true;
    kept.flushed_at = Clock::now();
  } catch (const std::exception& fault) {
    say(
        fmt::format("the views of partition {} are kept no further: {}; look with `braid verify`, "
                    "then build them anew with "
                    "`braid project --rebuild`",
                    name_of_partition(partition), fault.what()));
    kept.keeper.reset();
    kept.given_up = true;
  }
}

}  // namespace braid::cli
