#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <optional>

#include "adapters/http/server.hpp"

namespace braid::http {
namespace {

std::optional<std::uint16_t> port_of(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return port;
}

std::string without_brackets(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return std::string(host);
}

}  // namespace

Parsed<ListenAddress> ListenAddress::parse(std::string_view text) {
  ListenAddress address;
  const auto colon = text.rfind(':');
  const auto port = port_of(colon == text.npos ? text : text.substr(colon + 1));
  if (!port) return unreadable("an address to listen on is PORT or HOST:PORT, such as 8080");
  address.port = *port;
  if (colon != text.npos) address.host = without_brackets(text.substr(0, colon));
  if (address.host == "localhost") address.host = "127.0.0.1";
  boost::system::error_code error;
  const auto ip = boost::asio::ip::make_address(address.host, error);
  if (error)
    return unreadable(address.host + " is no address of this machine; write it in numbers, such as "
                                     "127.0.0.1:8080");
  if (!ip.is_loopback())
    return unreadable(address.host +
                      " can be reached by others, and what is served has no transport security "
                      "yet: listen on 127.0.0.1 and put a proxy with TLS before it");
  return address;
}

}  // namespace braid::http
