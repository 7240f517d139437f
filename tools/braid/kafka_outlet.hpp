#pragma once
#include "adapters/kafka/publisher.hpp"
#include "tools/braid/outlet.hpp"

namespace braid::cli {

/// Sends to a ledger's topics, whoever sequences it. Borrows `founding`. Throws UsageError, Fault.
std::unique_ptr<Outlet> open_kafka_outlet(const kafka::Address& address, const Founding& founding);

/// Sends a framed submission to where it belongs, and does not wait: a number for `receive`. A
/// refusal where its bytes are malformed: it was not sent.
tl::expected<std::uint64_t, Refusal> send_where_it_belongs(kafka::Publisher& publisher,
                                                           const Founding& founding,
                                                           OwnedBytes framed);

}  // namespace braid::cli
