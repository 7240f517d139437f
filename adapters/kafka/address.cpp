#include "adapters/kafka/address.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace braid::kafka {
namespace {

constexpr std::string_view form =
    "kafka://HOST:PORT[,HOST:PORT...][/PREFIX]?data=DIR[&config=FILE]";

tl::unexpected<std::string> not_understood(std::string_view text, const std::string& why) {
  return unreadable(std::string(text) + ": " + why + ". A ledger on Kafka is named " +
                    std::string(form));
}

/// What stands before `end`, which is taken away with it; all of it where there is none.
std::string_view take_until(std::string_view& text, char end) {
  const auto at = std::min(text.find(end), text.size());
  const auto taken = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return taken;
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65'535;
}

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// A name, an IPv4 address, or an IPv6 address in brackets.
bool is_host(std::string_view text) {
  std::string_view also = "-._";
  if (text.starts_with('[') && text.ends_with(']')) {
    also = ":.%";
    text = text.substr(1, text.size() - 2);
  }
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return is_alphanumeric(c) || also.find(c) != also.npos;
  });
}

bool is_broker(std::string_view text) {
  const auto colon = text.rfind(':');
  return colon != text.npos && is_host(text.substr(0, colon)) && is_port(text.substr(colon + 1));
}

bool is_prefix(std::string_view text) {
  return !text.empty() && text.size() <= Address::max_prefix_bytes && text != "." && text != ".." &&
         std::ranges::all_of(text, [](char c) {
           return is_alphanumeric(c) || c == '.' || c == '_' || c == '-';
         });
}

/// The first broker that is none.
std::optional<std::string> wrong_broker(std::string_view brokers) {
  if (brokers.empty() || brokers.ends_with(',')) return "a HOST:PORT is missing";
  while (!brokers.empty()) {
    const auto broker = take_until(brokers, ',');
    if (broker.find('@') != broker.npos)
      return "a user or password has no place in an address; put it into the FILE of config=FILE";
    if (!is_broker(broker)) return "\"" + std::string(broker) + "\" is no HOST:PORT";
  }
  return std::nullopt;
}

struct Parameter {
  std::string_view name;
  std::filesystem::path Address::*path;
};
constexpr std::array parameters = {Parameter{"data", &Address::data},
                                   Parameter{"config", &Address::config}};

std::optional<std::string> read_parameter(std::string_view text, Address& address) {
  auto value = text;
  const auto name = take_until(value, '=');
  const auto known = std::ranges::find(parameters, name, &Parameter::name);
  if (known == parameters.end())
    return "\"" + std::string(name) + "\" is not among data=DIR and config=FILE";
  auto& path = address.*known->path;
  if (!path.empty()) return std::string(name) + " is said twice";
  if (value.empty()) return std::string(name) + " names nothing";
  path = value;
  return std::nullopt;
}

}  // namespace

bool is_address(std::string_view text) { return text.starts_with(Address::scheme); }

Parsed<Address> parse_address(std::string_view text) {
  if (!is_address(text)) return not_understood(text, "it does not begin with kafka://");
  auto parameters_left = text.substr(Address::scheme.size());
  auto place = take_until(parameters_left, '?');
  const bool has_prefix = place.find('/') != place.npos;
  const auto brokers = take_until(place, '/');
  // Shown no further than here: where there is an '@' there may be a password before it.
  const auto what = brokers.find('@') == brokers.npos ? text : Address::scheme;
  if (const auto wrong = wrong_broker(brokers)) return not_understood(what, *wrong);
  Address address;
  address.brokers = brokers;
  if (has_prefix) {
    if (!is_prefix(place))
      return not_understood(what, "\"" + std::string(place) +
                                      "\" is no PREFIX: 1 to 200 letters, digits, . _ and -");
    address.prefix = place;
  }
  while (!parameters_left.empty())
    if (const auto wrong = read_parameter(take_until(parameters_left, '&'), address))
      return not_understood(what, *wrong);
  if (address.data.empty())
    return not_understood(what, "data=DIR is missing, the folder of this process's own files");
  return address;
}

std::string shown(const Address& address) {
  auto text = std::string(Address::scheme) + address.brokers;
  if (address.prefix != Address::usual_prefix) text += "/" + address.prefix;
  return text;
}

}  // namespace braid::kafka
