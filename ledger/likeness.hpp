#pragma once
#include "events/digest.hpp"
#include "events/visit.hpp"

namespace braid::ledger {

/// What makes two invoices look like one: supplier, the supplier's own number, amount and time.
/// Equal likeness is a suspicion, never a proof: publishers do split one invoice over many lines.
Digest likeness_of(Body<schema::InvoiceReceived> invoice);

}  // namespace braid::ledger
