#include "adapters/http/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <optional>

#include "events/faults.hpp"

namespace braid::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using Tcp = asio::ip::tcp;
using Error = boost::system::error_code;
using Parser = wire::request_parser<wire::empty_body>;
using Request = wire::request<wire::empty_body>;
using Response = wire::response<wire::string_body>;
constexpr auto answered = asio::as_tuple(asio::use_awaitable);

/// Caches keep what never changes for a year, which is the most they are told of.
constexpr auto keep_for_ever = "public, max-age=31536000, immutable";
constexpr auto keep_not = "no-cache";
constexpr unsigned http_1_1 = 11;

Resource problem(unsigned status, std::string sentence) {
  Resource resource;
  resource.status = status;
  resource.body = std::move(sentence) + "\n";
  return resource;
}

/// What may be wrong with a request before its path is looked at.
std::optional<Resource> objection_to(const Request& request) {
  if (request.method() != wire::verb::get && request.method() != wire::verb::head)
    return problem(405, "only GET and HEAD: nothing can be changed here");
  if (request.version() != http_1_1 && request.version() != 10)
    return problem(505, "HTTP/1.1 is spoken here");
  if (!request.target().starts_with('/')) return problem(400, "a request names a path");
  if (request.has_content_length() && request[wire::field::content_length] != "0")
    return problem(413, "a request has no body here");
  if (request.chunked()) return problem(413, "a request has no body here");
  return std::nullopt;
}

/// What is answered to bytes that are no request.
Resource misread(const Error& error) {
  if (error == wire::error::header_limit)
    return problem(431, "the head of this request is too long");
  if (error == wire::error::body_limit) return problem(413, "a request has no body here");
  return problem(400, "this is no HTTP request");
}

Response response_to(const Request& request, Resource resource, bool keep_open) {
  Response response(static_cast<wire::status>(resource.status), http_1_1);
  response.set(wire::field::content_type, resource.content_type);
  response.set(wire::field::cache_control, resource.immutable ? keep_for_ever : keep_not);
  response.set("X-Content-Type-Options", "nosniff");
  if (resource.status == 405) response.set(wire::field::allow, "GET, HEAD");
  response.keep_alive(keep_open);
  const auto size = resource.body.size();
  if (request.method() != wire::verb::head) response.body() = std::move(resource.body);
  response.content_length(size);
  return response;
}

bool is_misread(const Error& error) {
  return error.category() == make_error_code(wire::error::bad_method).category() &&
         error != wire::error::end_of_stream && error != wire::error::partial_message;
}

}  // namespace

class Server::Impl {
 public:
  Impl(const ListenAddress& address, Handler handler, Limits limits)
      : handler_(std::move(handler)), limits_(limits), acceptor_(context_) {
    try {
      const Tcp::endpoint endpoint(asio::ip::make_address(address.host), address.port);
      acceptor_.open(endpoint.protocol());
      acceptor_.set_option(Tcp::acceptor::reuse_address(true));
      acceptor_.bind(endpoint);
      acceptor_.listen();
    } catch (const std::exception& error) {
      throw IoFault("cannot listen on " + address.host + ":" + std::to_string(address.port) + ": " +
                    error.what());
    }
  }

  [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  void run() {
    asio::co_spawn(context_, accept(), asio::detached);
    context_.run();
  }

  void stop() {
    asio::post(context_, [this] { context_.stop(); });
  }

 private:
  asio::awaitable<void> accept() {
    for (;;) {
      auto [error, socket] = co_await acceptor_.async_accept(answered);
      if (error) {  // too many open files, for instance: others may end meanwhile
        asio::steady_timer pause(context_, std::chrono::milliseconds(100));
        const auto [paused] = co_await pause.async_wait(answered);
        static_cast<void>(paused);
        continue;
      }
      if (connections_ >= 2 * limits_.max_connections) continue;  // no more are even told so
      const bool has_room = connections_++ < limits_.max_connections;
      auto serving = serve(beast::tcp_stream(std::move(socket)), has_room);
      asio::co_spawn(context_, std::move(serving), asio::detached);
    }
  }

  asio::awaitable<void> serve(beast::tcp_stream stream, bool has_room) {
    const Counted counted(connections_);
    beast::flat_buffer buffer(limits_.max_head_bytes + 1024);
    for (std::size_t served = 0; served < limits_.max_requests; ++served) {
      Parser parser;
      parser.header_limit(limits_.max_head_bytes);
      parser.body_limit(0);
      stream.expires_after(limits_.patience);
      const auto [error, got] = co_await wire::async_read_header(stream, buffer, parser, answered);
      static_cast<void>(got);
      if (error && !is_misread(error)) break;
      const bool last = error || !has_room || served + 1 == limits_.max_requests;
      const auto& request = parser.get();
      auto resource = error ? misread(error) : answer(request, has_room);
      const bool keep_open = !last && resource.status < 400 && request.keep_alive();
      const auto response = response_to(request, std::move(resource), keep_open);
      stream.expires_after(limits_.patience);
      const bool sent = co_await send(stream, response, request.method() == wire::verb::head);
      if (!sent) break;
      if (!keep_open) break;
    }
    Error ignored;
    stream.socket().shutdown(Tcp::socket::shutdown_both, ignored);
  }

  static asio::awaitable<bool> send(beast::tcp_stream& stream, const Response& response,
                                    bool head_only) {
    wire::response_serializer<wire::string_body> serializer(response);
    serializer.split(head_only);
    if (head_only) {
      const auto [error, size] = co_await wire::async_write_header(stream, serializer, answered);
      co_return !error && size != 0;
    }
    const auto [error, size] = co_await wire::async_write(stream, serializer, answered);
    co_return !error && size != 0;
  }

  Resource answer(const Request& request, bool has_room) const {
    if (!has_room) return problem(503, "too many are asking at once; try again in a few seconds");
    if (auto objection = objection_to(request)) return std::move(*objection);
    try {
      const std::string_view target(request.target().data(), request.target().size());
      return handler_(target.substr(0, target.find('?')));
    } catch (const std::exception&) {
      return problem(500, "this cannot be read now; whoever runs the ledger should look");
    }
  }

  /// One connection fewer when it goes.
  class Counted {
   public:
    explicit Counted(std::size_t& connections) : connections_(connections) {}
    ~Counted() { --connections_; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;

   private:
    std::size_t& connections_;
  };

  Handler handler_;
  Limits limits_;
  std::size_t connections_ = 0;  // outlives the context, whose coroutines count in it
  asio::io_context context_{1};
  Tcp::acceptor acceptor_;
};

Server::Server(const ListenAddress& address, Handler handler, Limits limits)
    : impl_(std::make_unique<Impl>(address, std::move(handler), limits)) {}
Server::~Server() = default;
std::uint16_t Server::port() const { return impl_->port(); }
void Server::run() { impl_->run(); }
void Server::stop() { impl_->stop(); }

}  // namespace braid::http
