#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "events/parsed.hpp"

namespace braid::kafka {

/// Where a ledger on Kafka is, and where this process keeps its own files of it:
///
///     kafka://HOST:PORT[,HOST:PORT...][/PREFIX]?data=DIR[&config=FILE]
///
/// A value. No secret is ever part of it: what the brokers ask for stands in FILE.
struct Address {
  static constexpr std::string_view scheme = "kafka://";
  static constexpr std::string_view usual_prefix = "braid";
  /// So that every topic's name stays within Kafka's 249.
  static constexpr std::size_t max_prefix_bytes = 200;

  std::string brokers;                          ///< "host:port,host:port", as librdkafka takes them
  std::string prefix = std::string(usual_prefix);  ///< of the topics' names
  std::filesystem::path data;                   ///< this process's own folder
  std::filesystem::path config;  ///< librdkafka properties, "name=value" a line; empty: none

  bool operator==(const Address&) const = default;
};

/// Whether a ledger named so is one on Kafka.
bool is_address(std::string_view text);
/// A sentence that says which part is missing or not understood. DIR and FILE are taken as they
/// stand, up to the next `&`: nothing is unescaped in them.
Parsed<Address> parse_address(std::string_view text);
/// Without `data` and `config`: what may be shown and stored.
std::string shown(const Address& address);

}  // namespace braid::kafka
