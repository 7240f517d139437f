#pragma once
#include <optional>
#include <string>

#include "events/date.hpp"
#include "events/uuid.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {

/// What the ledger knows already of a list about to be imported.
struct SpendStanding {
  bool known = false;           ///< this very list was announced
  std::uint32_t lines = 0;      ///< of it, recorded so far
  std::uint32_t announced = 0;  ///< that it has
  /// The run that it replaces: the latest list of this body and time; for a known list, what was
  /// said when it was announced.
  std::optional<Uuid> replaces;

  [[nodiscard]] bool is_complete() const { return known && lines >= announced; }
};

/// Asks the history itself, as the decider sees it, also while a `serve` writes.
SpendStanding look_up_spend(const Ledger& ledger, std::uint32_t partition,
                            const std::string& organisation, Date from, Date to, const Uuid& run,
                            const Uuid& announcement);

}  // namespace braid::cli
