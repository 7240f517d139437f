#pragma once
#include <memory>
#include <string>
#include <vector>

#include "adapters/kafka/address.hpp"
#include "adapters/kafka/handles.hpp"

namespace braid::kafka {

/// One property of librdkafka's configuration.
struct Property {
  std::string name;
  std::string value;
};

/// How this process reaches the cluster: the brokers, and what its properties file says of security.
/// A value that makes clients; it holds no connection itself. Never shown and never logged: a
/// property may be a secret.
class Connection {
 public:
  /// A sentence where the properties file cannot be read, or sets what the ledger's promises rest
  /// on (acks, enable.idempotence, isolation.level ...): names the line.
  static tl::expected<Connection, std::string> open(const Address& address);

  /// A client with `properties` on top of the connection's own. Throws Fault.
  [[nodiscard]] ClientHandle producer(const std::vector<Property>& properties) const;
  [[nodiscard]] ClientHandle consumer(const std::vector<Property>& properties) const;

 private:
  explicit Connection(std::vector<Property> properties) : properties_(std::move(properties)) {}

  std::vector<Property> properties_;
};

/// What librdkafka said of a client since it was last asked: for status and metrics. JSON as it
/// publishes them (STATISTICS.md), the newest only; and whether brokers are reached.
struct ClientHealth {
  std::string statistics;
  bool brokers_down = false;
  std::string last_error;
};

}  // namespace braid::kafka
