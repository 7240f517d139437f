#pragma once
#include <optional>
#include <string>

#include "adapters/kafka/address.hpp"
#include "adapters/lmdb/ledger_directory.hpp"

namespace braid::cli {

/// What a ledger's directory is a copy of, if it is one: its file COPY, three lines. A directory with
/// this mark is read like any ledger, and written only by whoever follows its source.
///
///     kafka://HOST:PORT/PREFIX
///     cluster ID
///     ledger NAME
struct CopyMark {
  std::string source;   ///< kafka::shown: where it was last followed from
  std::string prefix;   ///< of the topics
  std::string cluster;  ///< Kafka's own name for the cluster; empty: it has told none
  std::string ledger;   ///< the ledger's name; empty: not founded when last looked at

  /// Whether both are of one ledger. Brokers may be reached by other names: they do not count.
  [[nodiscard]] bool same_source(const CopyMark& other) const;
  bool operator==(const CopyMark&) const = default;
};

/// Nothing where the directory is a ledger of its own. Throws UsageError where the file says
/// something else, IoFault.
std::optional<CopyMark> read_copy_mark(const lmdb::LedgerDirectory& directory);
/// Durable when it returns.
void write_copy_mark(const lmdb::LedgerDirectory& directory, const CopyMark& mark);

/// Throws UsageError, with what to do instead, where the directory is a copy. `doing`: "submit".
void require_no_copy(const lmdb::LedgerDirectory& directory, std::string_view doing);

}  // namespace braid::cli
