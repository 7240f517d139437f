#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "adapters/kafka/address.hpp"

namespace braid::cli {

/// Where a ledger is, as `--ledger` says: a directory that is the ledger, or topics on Kafka and this
/// process's data folder, which holds a copy of them. A value.
struct LedgerPlace {
  std::filesystem::path directory;        ///< the ledger, or the copy
  std::optional<kafka::Address> kafka;    ///< of what it is a copy

  /// DIR or kafka://... Throws UsageError where an address is not understood.
  static LedgerPlace of(const std::string& text);
  /// As people are told of it.
  [[nodiscard]] std::string text() const;
  /// The address on Kafka. Throws UsageError, with what to do instead, where it is a directory.
  [[nodiscard]] const kafka::Address& on_kafka(std::string_view instead) const;
};

}  // namespace braid::cli
