#pragma once
#include <optional>

#include "events/entry_chain.hpp"
#include "events/entry_source.hpp"
#include "tests/support/kafka_ledger.hpp"

namespace braid::test {

/// The chain over a history, to its end.
EntryChain chain_of(const EntrySource& source);
/// Over a partition's in the copy of `member`.
EntryChain chain_of(const KafkaLedger& ledger, const std::string& member, std::uint32_t partition);
/// The digest of a partition's views in the folder of `member`; nothing where there are none yet.
std::optional<Digest> views_of(const KafkaLedger& ledger, const std::string& member,
                               std::uint32_t partition);

}  // namespace braid::test
