#include "tools/braid/views_check.hpp"

#include "tools/braid/first_entries.hpp"

namespace braid::cli {
namespace {

std::optional<projections::ViewPosition> position_of(const RowReader& rows) {
  const auto stored = rows.position();
  if (!stored) return std::nullopt;
  auto position = projections::decode_position(*stored);
  return position ? std::optional(std::move(*position)) : std::nullopt;
}

}  // namespace

ViewsCheck::ViewsCheck(const Ledger& ledger, std::uint32_t partition, const lmdb::EventLog& log,
                       VerifiedBefore* before, unsigned threads)
    : partition_(partition),
      before_(before),
      source_(log.reader(partition)),
      passed_(*source_),
      current_(lmdb::ViewDirectory(ledger.directory.views(partition)).current()) {
  if (!current_) return;
  live_.emplace(current_->folder());
  position_ = position_of(*live_);
  if (position_ && position_->stamp == projections::views_stamp() &&
      position_->chain.size() <= source_->size())
    begin(threads);
}

ViewsCheck::~ViewsCheck() { passed_.abandon(); }

void ViewsCheck::begin(unsigned threads) {
  const auto size = position_->chain.size();
  if (before_ == nullptr) {
    folder_.emplace();
    scratch_.emplace(folder_->path(), lmdb::RowStore::Sync::at_the_end);
  } else if (const auto kept = position_of(before_->views()); kept && kept->chain.size() > size) {
    before_->forget_views();
  }
  const auto when = threads > 1 ? std::launch::async : std::launch::deferred;
  root_ = std::async(when, [this, size, threads] {
    return fold_first_entries(passed_, size, anew(), threads).root();
  });
}

ledger::BadEntry ViewsCheck::bad(Sequence at, std::string found, std::string expected) const {
  return {ledger::Question::balanced, partition_, at, std::move(found), std::move(expected)};
}

void ViewsCheck::finish(PartitionReport& report) {
  passed_.pass(report.entries);
  passed_.end();
  report.views = "none";
  if (!current_) return;
  if (!position_) return report.fail(bad(0, "the views' position cannot be read", "a position"));
  report.views = "other version";
  if (position_->stamp != projections::views_stamp()) return;
  const auto size = position_->chain.size();
  if (size > report.entries)
    return report.fail(
        bad(report.entries, "the views have seen " + std::to_string(size) + " entries",
            std::to_string(report.entries) +
                " entries: the log was cut, or these are another ledger's views"));
  if (!root_.valid()) begin(1);
  const bool same_history = root_.get() == position_->chain.root();
  auto reading = std::async(std::launch::async, [&] { return projections::views_digest(*live_); });
  const auto expected = projections::views_digest(anew());
  const auto found = reading.get();
  if (found == expected && same_history) {
    report.views = "equal";
    return;
  }
  report.fail(bad(size == 0 ? 0 : size - 1,
                  "the views at this entry are not what the history gives (digest " + found.hex() +
                      "); build them anew with `braid project --rebuild`",
                  "digest " + expected.hex()));
}

}  // namespace braid::cli
