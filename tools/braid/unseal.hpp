#pragma once
#include "tools/braid/ledger.hpp"
#include "tools/braid/view_columns.hpp"

namespace braid::cli {

/// Opens a ledger's sealed texts. Throws UsageError where this machine lacks its vault or the
/// vault's key.
Unsealer unsealer_of(const Ledger& ledger);

}  // namespace braid::cli
