#include "ledger/likeness.hpp"

#include <array>

#include "events/native_rows.hpp"

namespace braid::ledger {

Digest likeness_of(Body<schema::InvoiceReceived> invoice) {
  const auto supplier = invoice.getSupplier();
  const auto reference = invoice.getReference();
  const std::array<std::uint64_t, 9> words = {supplier.getHigh(),
                                              supplier.getLow(),
                                              reference.getA(),
                                              reference.getB(),
                                              reference.getC(),
                                              reference.getD(),
                                              static_cast<std::uint64_t>(invoice.getNet()),
                                              static_cast<std::uint64_t>(invoice.getFrom()),
                                              static_cast<std::uint64_t>(invoice.getTo())};
  return sha256(std::as_bytes(std::span(words)));
}

}  // namespace braid::ledger
