#include "projections/changes.hpp"

#include "events/faults.hpp"
#include "events/pence.hpp"

namespace braid::projections {

namespace {

/// How long before its recording an entry takes effect, where that day was over at the earlier
/// moment.
std::optional<std::int32_t> days_back_dated(const Record& record, Date open_day) {
  if (!record.has_event()) return std::nullopt;
  const Date effective{record.event.getEffective()};
  if (effective.is_none() || effective >= open_day) return std::nullopt;
  return date_of(Instant{record.head.recorded_at_us}).days - effective.days;
}

std::int64_t sum_of(std::int64_t one, std::int64_t other) {
  const auto sum = add_pence(one, other);
  if (!sum) throw HistoryBroken("the changes of one account leave 64 bits");
  return *sum;
}

Change outcome_of(const Record& record) {
  if (record.is_accepted()) return Change::accepted;
  return record.entry.isRefused() ? Change::refused : Change::repeated;
}

}  // namespace

void Changes::begin_partition() {
  submitter_.clear();
  for (auto& [key, sum] : sums_) sum.last_.reset();
}

bool Changes::asks_about(const Strand& strand) const {
  return (question_.organisation.empty() || strand.organisation == question_.organisation) &&
         (!question_.sector || strand.sector == *question_.sector) &&
         (question_.fund.empty() || strand.fund == question_.fund);
}

bool Changes::asks_about_entries_of(std::string_view publisher) const {
  return !question_.sector && question_.fund.empty() &&
         (question_.organisation.empty() || publisher == question_.organisation);
}

void Changes::count(ChangeKey key, const Record& record, std::optional<std::int32_t> days,
                    std::int64_t pence) {
  auto& sum = sums_[std::move(key)];
  const bool is_first = sum.last_ != record.sequence();
  sum.last_ = record.sequence();
  sum.entries += is_first;
  sum.pence = sum_of(sum.pence, pence);
  if (!days) return;
  sum.back_dated += is_first;
  sum.back_dated_pence = sum_of(sum.back_dated_pence, pence);
  sum.longest_days = std::max(sum.longest_days, *days);
}

void Changes::add(const Record& record, const std::function<void(const ChangeLine&)>& each) {
  if (record.entry.isReceived()) {
    submitter_ = record.entry.getReceived().getPublisher().cStr();
    return;
  }
  const std::string publisher =
      record.has_event() ? record.event.getPublisher().cStr() : submitter_;
  const auto days = days_back_dated(record, question_.open_day);
  if (question_.back_dated && !days) return;
  bool is_told = false;
  for (const auto& posting : record.postings) {
    if (!asks_about(posting.strand)) continue;
    const auto& strand = posting.strand;
    count({Change::money, strand.organisation, strand.sector, strand.fund, posting.account}, record,
          days, posting.pence);
    if (each) each({record, publisher, days, &posting});
    is_told = true;
  }
  if (!asks_about_entries_of(publisher)) return;
  count({.change = outcome_of(record), .organisation = publisher, .sector = {}, .fund = {},
         .account = {}}, record, days, 0);
  if (record.is_accepted() && record.entry.getAccepted().getFlags().size() != 0)
    count({.change = Change::flagged, .organisation = publisher, .sector = {}, .fund = {},
           .account = {}}, record, days, 0);
  if (each && !is_told) each({record, publisher, days, nullptr});
}

std::string_view name_of(Change change) {
  switch (change) {
    case Change::accepted:
      return "accepted";
    case Change::flagged:
      return "flagged";
    case Change::refused:
      return "refused";
    case Change::repeated:
      return "repeated";
    case Change::money:
      return "money";
  }
  return "";
}

}  // namespace braid::projections
