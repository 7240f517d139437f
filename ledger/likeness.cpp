#include "ledger/likeness.hpp"

#include <string>

#include "events/native_rows.hpp"

namespace braid::ledger {

Digest likeness_of(Body<schema::InvoiceReceived> invoice) {
  const Uuid supplier = read(invoice.getSupplier());
  const Digest reference = read(invoice.getReference());
  const auto text = "invoice\n" + supplier.text() + "\n" + reference.hex() + "\n" +
                    std::to_string(invoice.getNet()) + "\n" + std::to_string(invoice.getFrom()) +
                    "\n" + std::to_string(invoice.getTo());
  return sha256(as_bytes(text));
}

}  // namespace braid::ledger
