#include "adapters/kafka/connection.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>

#include "adapters/kafka/faults.hpp"

namespace braid::kafka {
namespace {

constexpr std::uintmax_t max_file_bytes = 64 << 10;

/// What a properties file may set, by the beginnings of the names.
constexpr std::array allowed = {"security.",  "sasl.",        "ssl.",         "socket.",
                                "reconnect.", "connections.", "compression.", "broker.address.",
                                "client.id"};

bool is_allowed(std::string_view name) {
  return std::ranges::any_of(allowed, [&](std::string_view each) { return name.starts_with(each); });
}

std::string list_of_allowed() {
  std::string text;
  for (const std::string_view each : allowed)
    text += (text.empty() ? "" : ", ") + std::string(each) + (each.ends_with('.') ? "*" : "");
  return text;
}

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const auto from = text.find_first_not_of(blanks);
  if (from == text.npos) return {};
  return text.substr(from, text.find_last_not_of(blanks) + 1 - from);
}

void ignore_log(const rd_kafka_t*, int, const char*, const char*) {}

/// Nothing, or what is wrong with the property, without its value.
std::optional<std::string> set(rd_kafka_conf_t* configuration, const Property& property) {
  std::array<char, 512> details{};  // may quote the value: not shown
  switch (rd_kafka_conf_set(configuration, property.name.c_str(), property.value.c_str(),
                            details.data(), details.size())) {
    case RD_KAFKA_CONF_OK:
      return std::nullopt;
    case RD_KAFKA_CONF_UNKNOWN:
      return "librdkafka has no property " + property.name;
    case RD_KAFKA_CONF_INVALID:
      break;
  }
  return "the value of " + property.name + " is not one that it takes";
}

Parsed<std::optional<Property>> read_line(std::string_view line, rd_kafka_conf_t* trial) {
  line = without_blanks(line);
  if (line.empty() || line.starts_with('#')) return std::nullopt;
  const auto equals = line.find('=');
  if (equals == line.npos) return unreadable("a line is name=value, or begins with #");
  Property property{std::string(without_blanks(line.substr(0, equals))),
                    std::string(without_blanks(line.substr(equals + 1)))};
  if (!is_allowed(property.name))
    return unreadable(property.name + " is not for this file to set, which says how the brokers " +
                      "are reached: " + list_of_allowed());
  if (auto wrong = set(trial, property)) return unreadable(std::move(*wrong));
  return property;
}

Parsed<std::vector<Property>> read_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(path, error);
  if (error) return unreadable("cannot read " + path.string() + ": " + error.message());
  if (bytes > max_file_bytes)
    return unreadable(path.string() + " is too long to be a file of properties");
  std::ifstream file(path);
  const ConfigurationHandle trial(rd_kafka_conf_new());
  std::vector<Property> properties;
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    auto read = read_line(line, trial.get());
    if (!read)
      return unreadable(path.string() + ", line " + std::to_string(number) + ": " + read.error());
    if (*read) properties.push_back(std::move(**read));
  }
  if (!file.eof()) return unreadable("cannot read " + path.string());
  return properties;
}

constexpr int events_of_clients = RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_REBALANCE |
                                  RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_STATS;

ClientHandle make_client(rd_kafka_type_t type, const std::vector<Property>& own,
                         const std::vector<Property>& more) {
  ConfigurationHandle configuration(rd_kafka_conf_new());
  rd_kafka_conf_set_log_cb(configuration.get(), ignore_log);
  rd_kafka_conf_set_events(configuration.get(), events_of_clients);
  for (const auto* properties : {&own, &more})
    for (const auto& property : *properties)
      if (auto wrong = set(configuration.get(), property))
        throw IoFault("cannot make a client of Kafka: " + *wrong);
  std::array<char, 512> details{};
  ClientHandle client(rd_kafka_new(type, configuration.get(), details.data(), details.size()));
  if (!client) throw IoFault(std::string("cannot make a client of Kafka: ") + details.data());
  static_cast<void>(configuration.release());  // the client's from here on
  return client;
}

}  // namespace

Parsed<Connection> Connection::open(const Address& address) {
  std::vector<Property> properties = {{"client.id", "braid"},
                                      {"socket.keepalive.enable", "true"},
                                      {"socket.nagle.disable", "true"},
                                      {"bootstrap.servers", address.brokers}};
  if (!address.config.empty()) {
    auto file = read_file(address.config);
    if (!file) return unreadable(std::move(file.error()));
    properties.insert(properties.end(), file->begin(), file->end());
  }
  return Connection(std::move(properties));
}

ClientHandle Connection::producer(const std::vector<Property>& properties) const {
  return make_client(RD_KAFKA_PRODUCER, properties_, properties);
}

ClientHandle Connection::consumer(const std::vector<Property>& properties) const {
  return make_client(RD_KAFKA_CONSUMER, properties_, properties);
}

bool note_health(rd_kafka_event_t* event, ClientHealth& health) {
  switch (rd_kafka_event_type(event)) {
    case RD_KAFKA_EVENT_STATS:
      health.statistics = rd_kafka_event_stats(event);
      return true;
    case RD_KAFKA_EVENT_ERROR:
      health.last_error = rd_kafka_event_error_string(event);
      if (rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)
        health.brokers_down = true;
      return true;
    default:
      return false;
  }
}

}  // namespace braid::kafka
