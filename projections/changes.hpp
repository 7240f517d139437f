#pragma once
#include <compare>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "events/date.hpp"
#include "projections/record.hpp"

namespace braid::projections {

/// Which of what was recorded between two moments is asked about.
struct ChangeQuestion {
  /// The first day that was not over at the earlier moment: what takes effect before it is
  /// back-dated.
  Date open_day;
  std::string organisation;  ///< what this body published, and money of its strands; empty: all
  std::optional<schema::Sector> sector;  ///< only money of such strands ...
  std::string fund;                      ///< ... and of this fund
  bool back_dated = false;               ///< only what is
};

/// What a line of changes counts. What was flagged was accepted too, and counts as both.
enum class Change { accepted, flagged, refused, repeated, money };

/// What became of entries of one publisher; or what moved on one account of one strand.
struct ChangeKey {
  Change change{};
  std::string organisation;  ///< who published; of money, whose strand
  schema::Sector sector{};   ///< of money, as what follows
  std::string fund;
  Account account{};

  auto operator<=>(const ChangeKey&) const = default;
};

struct ChangeSum {
  std::uint64_t entries = 0;
  std::int64_t pence = 0;  ///< debits less credits
  std::uint64_t back_dated = 0;
  std::int64_t back_dated_pence = 0;
  std::int32_t longest_days = 0;  ///< from the effective day of a back-dated entry to its recording

 private:
  friend class Changes;
  std::optional<Sequence> last_;
};

/// One entry that is asked about, or one posting of it: what a sum is made of.
struct ChangeLine {
  const Record& record;
  std::string_view publisher;                  ///< empty where nothing read so far tells
  std::optional<std::int32_t> days_back_dated;
  const Posting* posting;                      ///< null: the entry moves no money that is asked about
};

/// Counts what was recorded between two moments, partition by partition. Pure; thread: one.
class Changes {
 public:
  explicit Changes(ChangeQuestion question) : question_(std::move(question)) {}

  /// What follows are entries of another partition.
  void begin_partition();
  /// Takes the next entry between the moments. `each` hears of what is asked about. Throws
  /// HistoryBroken where a sum leaves 64 bits, which no lawful history's does.
  void add(const Record& record, const std::function<void(const ChangeLine&)>& each = {});

  [[nodiscard]] const std::map<ChangeKey, ChangeSum>& sums() const& { return sums_; }
  void sums() const&& = delete;  // they live as long as this

 private:
  [[nodiscard]] bool asks_about(const Strand& strand) const;
  [[nodiscard]] bool asks_about_entries_of(std::string_view publisher) const;
  void count(ChangeKey key, const Record& record, std::optional<std::int32_t> days,
             std::int64_t pence);

  ChangeQuestion question_;
  std::string submitter_;  ///< of the submission whose entries are read
  std::map<ChangeKey, ChangeSum> sums_;
};

/// "accepted", "flagged", "refused", "repeated", "money".
std::string_view name_of(Change change);

}  // namespace braid::projections
