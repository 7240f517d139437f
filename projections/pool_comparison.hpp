#pragma once
#include "projections/pool_reading.hpp"

namespace braid::projections {

/// A figure of a pooled fund: "spent" of the partner 99W with fund "chc", or of the scheme
/// "reablement" that E60 owns; of the pool itself where there is no organisation.
struct PoolFigure {
  std::string organisation;
  std::string of;    ///< the fund, or the scheme's function
  std::string name;  ///< committed, paid, spent, riskShare, budget, balance, parts
  std::int64_t value = 0;
  bool pence = true;

  bool operator==(const PoolFigure&) const = default;
};

/// The figures of a pool as the report `pool-statement` shows them, in its order.
std::vector<PoolFigure> figures_of(const PoolRow& pool);

/// Two copies of a ledger, asked about one pool. Pointers are into the readings.
struct PoolComparison {
  struct Differing {
    PoolFigure ours, theirs;  ///< a figure that one copy does not have is 0 there
  };
  struct ToldOtherwise {
    const PoolEntry* ours;
    const PoolEntry* theirs;
  };

  std::vector<Differing> figures;
  std::size_t agreeing = 0;  ///< figures
  std::vector<const PoolEntry*> only_ours, only_theirs;
  /// The same event, with other bytes or other findings.
  std::vector<ToldOtherwise> told_otherwise;

  [[nodiscard]] bool same() const {
    return figures.empty() && only_ours.empty() && only_theirs.empty() && told_otherwise.empty();
  }
};

/// Entries are matched by their events, wherever they stand: after a fork the same event may stand
/// elsewhere. Borrows both.
PoolComparison compare(const PoolReading& ours, const PoolReading& theirs);

}  // namespace braid::projections
