#include "adapters/http/client.hpp"

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <optional>

#include "events/faults.hpp"

namespace braid::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using Tcp = asio::ip::tcp;
using Request = wire::request<wire::string_body>;

constexpr std::string_view scheme = "http://";
constexpr std::uint32_t max_head_bytes = 16 << 10;

asio::awaitable<Answer> ask(const Url& url, const Request& request, std::size_t max_bytes) {
  const auto executor = co_await asio::this_coro::executor;
  Tcp::resolver resolver(executor);
  const auto port = std::to_string(url.port);
  const auto places = co_await resolver.async_resolve(url.host, port, asio::use_awaitable);
  beast::tcp_stream stream(executor);
  co_await stream.async_connect(places, asio::use_awaitable);
  co_await wire::async_write(stream, request, asio::use_awaitable);
  beast::flat_buffer buffer;
  wire::response_parser<wire::string_body> parser;
  parser.header_limit(max_head_bytes);
  parser.body_limit(max_bytes);
  co_await wire::async_read(stream, buffer, parser, asio::use_awaitable);
  auto response = parser.release();
  co_return Answer{response.result_int(), std::move(response.body())};
}

Answer send(const Url& url, wire::verb verb, std::string body, std::size_t max_bytes,
            std::chrono::milliseconds within) {
  Request request(verb, url.path.empty() ? "/" : url.path, 11);
  request.set(wire::field::host, url.host + ":" + std::to_string(url.port));
  request.set(wire::field::user_agent, "braid");
  request.body() = std::move(body);
  request.prepare_payload();
  request.keep_alive(false);
  asio::io_context context(1);
  std::optional<Answer> answer;
  std::exception_ptr failed;
  asio::co_spawn(context, ask(url, request, max_bytes),
                 [&](std::exception_ptr error, Answer got) {
                   failed = error;
                   if (!error) answer = std::move(got);
                 });
  context.run_for(within);
  try {
    if (failed) std::rethrow_exception(failed);
  } catch (const boost::system::system_error& error) {
    throw IoFault(url.text() + " gives no answer: " + error.code().message());
  }
  if (!answer) throw IoFault(url.text() + " gives no answer in time");
  return std::move(*answer);
}

}  // namespace

Parsed<Url> Url::parse(std::string_view text) {
  const std::string whole(text);
  if (!text.starts_with(scheme))
    return unreadable(whole + " is no address that is spoken here: http://HOST:PORT/PATH is; for "
                              "https, put a proxy on this machine before it");
  text.remove_prefix(scheme.size());
  Url url;
  const auto slash = std::min(text.find('/'), text.size());
  auto host = text.substr(0, slash);
  url.path = text.substr(slash);
  while (url.path.ends_with('/')) url.path.pop_back();
  const auto colon = host.rfind(':');
  if (colon != host.npos && !host.ends_with(']')) {
    const auto port = host.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), url.port);
    if (error != std::errc() || end != port.data() + port.size() || url.port == 0)
      return unreadable(whole + " has no port after its colon");
    host = host.substr(0, colon);
  }
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  url.host = host;
  const auto odd = [](char c) { return c <= ' ' || c == '@' || c == '?' || c == '#' || c > '~'; };
  if (url.host.empty() || std::ranges::any_of(url.host, odd) || std::ranges::any_of(url.path, odd))
    return unreadable(whole + " is no address: http://HOST:PORT/PATH, without user, query or blanks");
  return url;
}

Url Url::below(std::string_view name) const {
  Url below = *this;
  below.path += "/" + std::string(name);
  return below;
}

std::string Url::text() const {
  const bool six = host.find(':') != std::string::npos;
  return std::string(scheme) + (six ? "[" + host + "]" : host) + ":" + std::to_string(port) + path;
}

Answer get(const Url& url, std::size_t max_bytes, std::chrono::milliseconds within) {
  return send(url, wire::verb::get, {}, max_bytes, within);
}

Answer post(const Url& url, std::string body, std::size_t max_bytes,
            std::chrono::milliseconds within) {
  return send(url, wire::verb::post, std::move(body), max_bytes, within);
}

}  // namespace braid::http
