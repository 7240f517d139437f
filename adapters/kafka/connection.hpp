#pragma once
#include <memory>
#include <string>
#include <string_view>
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
  /// A sentence where the properties file cannot be read, or sets anything but how the brokers are
  /// reached and trusted (security, sasl, ssl, socket ... : the table in connection.cpp): names the
  /// line, and shows no value. What the ledger's promises rest on (acks, enable.idempotence,
  /// isolation.level ...) is not the file's to say.
  static Parsed<Connection> open(const Address& address);

  /// A client with `properties` on top of the connection's own. Its queues carry events: delivery
  /// reports of a producer, rebalances of a group's member, errors, and statistics where
  /// `properties` ask for them; whoever makes it drains them. It logs nothing. Throws Fault.
  [[nodiscard]] ClientHandle producer(const std::vector<Property>& properties) const;
  [[nodiscard]] ClientHandle consumer(const std::vector<Property>& properties) const;

 private:
  explicit Connection(std::vector<Property> properties) : properties_(std::move(properties)) {}

  std::vector<Property> properties_;
};

/// What librdkafka said of a client since it was made: for status and metrics. JSON as it publishes
/// them (STATISTICS.md), the newest only; and whether brokers are reached.
struct ClientHealth {
  std::string statistics;
  bool brokers_down = false;
  std::string last_error;
};

/// Takes what an event says of its client's health. False: the event is of another kind. That
/// brokers are back is not said by an event: whoever hears from one sets `brokers_down` to false.
bool note_health(rd_kafka_event_t* event, ClientHealth& health);

}  // namespace braid::kafka
