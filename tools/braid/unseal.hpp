#pragma once
#include "tools/braid/ledger.hpp"
#include "tools/braid/view_columns.hpp"

namespace braid::cli {

/// Opens the sealed names of a ledger's suppliers. What is about a person shows as sealed, for it is
/// opened on the record alone (`braid vault open`). Throws UsageError where this machine lacks the
/// vault or its key.
Unsealer unsealer_of(const Ledger& ledger);

}  // namespace braid::cli
