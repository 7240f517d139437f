#include "projections/changes.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "events/read_entries.hpp"
#include "events/table/memory_row_store.hpp"
#include "projections/reports/rows.hpp"
#include "tests/support/disk_ledger.hpp"
#include "tools/braid/first_entries.hpp"

using namespace braid;
using namespace braid::projections;
using braid::test::disk_ledger;

namespace {

std::unique_ptr<EntrySource> history() {
  return lmdb::EventLog(disk_ledger().directory()).reader(0);
}

using Sums = std::map<ChangeKey, ChangeSum>;

/// The changes from one position to another; `each` hears of the lines.
Sums between(Sequence from, Sequence to, const ChangeQuestion& question,
                const std::function<void(const ChangeLine&)>& each = {}) {
  Changes changes(question);
  ReadEntries batch;
  const auto source = history();
  for (auto next = from; next < to;) {
    batch.read(*source, next, 1 << 20, std::chrono::milliseconds{0});
    REQUIRE_FALSE(batch.entries().empty());
    for (const auto& entry : batch.entries())
      if (next < to) {
        changes.add(entry, each);
        ++next;
      }
  }
  return changes.sums();
}

using Balances = std::map<std::tuple<std::string, schema::Sector, std::string, Account>, std::int64_t>;

Balances balances_at(Sequence size) {
  MemoryRowStore rows;
  cli::fold_first_entries(*history(), size, rows, 1);
  Balances balances;
  for_each_row<TrialBalanceRow>(rows, [&](const TrialBalanceRow& row) {
    balances[{row.organisation, row.sector, row.fund, row.account}] = row.pence;
  });
  return balances;
}

const ChangeQuestion everything{.open_day = Date{0}, .organisation = "", .sector = {}, .fund = ""};

}  // namespace

TEST_CASE("Between a moment and itself nothing changes") {
  CHECK(between(40, 40, everything).empty());
}

TEST_CASE("The sums of changes are the difference of the trial balances at the two positions") {
  std::mt19937_64 random(20261125);
  const auto size = disk_ledger().size(0);
  for (int round = 0; round < 12; ++round) {
    auto from = random() % (size + 1), to = random() % (size + 1);
    if (from > to) std::swap(from, to);
    INFO("from " << from << " to " << to);
    auto expected = balances_at(to);
    for (const auto& [account, pence] : balances_at(from)) expected[account] -= pence;
    std::erase_if(expected, [](const auto& each) { return each.second == 0; });
    Balances found;
    for (const auto& [key, sum] : between(from, to, everything))
      if (key.change == Change::money && sum.pence != 0)
        found[{key.organisation, key.sector, key.fund, key.account}] = sum.pence;
    CHECK(found == expected);
  }
}

TEST_CASE("What was accepted, refused and repeated are all the entries but the arrivals") {
  const auto size = disk_ledger().size(0);
  std::uint64_t counted = 0, arrivals = 0;
  for (const auto& [key, sum] : between(0, size, everything))
    if (key.change != Change::money && key.change != Change::flagged) counted += sum.entries;
  ReadEntries batch;
  const auto source = history();
  for (Sequence next = 0; next < size; next += batch.entries().size()) {
    batch.read(*source, next, 1 << 20, std::chrono::milliseconds{0});
    for (const auto& entry : batch.entries()) arrivals += entry.entry.isReceived();
  }
  CHECK(counted == size - arrivals);
}

TEST_CASE("The lines below a sum add up to it") {
  const auto size = disk_ledger().size(0);
  const auto whole = between(size / 3, size, everything);
  std::size_t asked = 0;
  for (const auto& [key, sum] : whole) {
    if (key.change != Change::money) continue;
    ++asked;
    auto question = everything;
    question.organisation = key.organisation;
    question.sector = key.sector;
    question.fund = key.fund;
    std::int64_t pence = 0;
    between(size / 3, size, question, [&](const ChangeLine& line) {
      REQUIRE(line.posting != nullptr);
      if (line.posting->account == key.account) pence += line.posting->pence;
    });
    CHECK(pence == sum.pence);
  }
  CHECK(asked > 3);
}

TEST_CASE("Back-dated is what takes effect before the first open day, by the days to its recording") {
  const auto size = disk_ledger().size(0);
  Date effective{0};
  std::uint64_t with_events = 0;
  std::int32_t days = 0;
  between(0, size, everything, [&](const ChangeLine& line) {
    CHECK_FALSE(line.days_back_dated);
    const bool is_first = line.posting == nullptr || line.posting == line.record.postings.data();
    if (!line.record.has_event() || !is_first) return;
    ++with_events;
    effective = std::max(effective, Date{line.record.event.getEffective()});
    days = date_of(Instant{line.record.head.recorded_at_us}).days - effective.days;
  });  // of a small county every event takes effect on its first day
  auto question = everything;
  question.open_day = effective;
  for (const auto& [key, sum] : between(0, size, question)) CHECK(sum.back_dated == 0);
  question.open_day = add_days(effective, 1);
  question.back_dated = true;
  std::uint64_t counted = 0;
  for (const auto& [key, sum] : between(0, size, question)) {
    CHECK(sum.back_dated == sum.entries);
    CHECK(sum.back_dated_pence == sum.pence);
    CHECK(sum.longest_days == days);
    if (key.change == Change::accepted || key.change == Change::refused) counted += sum.entries;
  }
  REQUIRE(with_events > 100);
  CHECK(counted == with_events);
}
