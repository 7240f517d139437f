#pragma once
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <thread>

#include "adapters/http/server.hpp"

namespace braid::test {

/// A server on a thread of its own, on a free port.
class Serving {
 public:
  explicit Serving(http::Server::Handler handler, http::Server::Limits limits = {})
      : server_({}, std::move(handler), limits), thread_([this] { server_.run(); }) {}
  ~Serving() {
    server_.stop();
    thread_.join();
  }
  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port()); }

 private:
  http::Server server_;
  std::thread thread_;
};

/// A client that sends what it is told, HTTP or not.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    const timeval bound{.tv_sec = 20, .tv_usec = 0};  // a test that hangs fails instead
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &bound, sizeof bound);
  }
  ~RawClient() { ::close(socket_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void send(std::string_view what) {
    static_cast<void>(::send(socket_, what.data(), what.size(), MSG_NOSIGNAL));
  }
  /// All that comes until the server closes.
  std::string hear_all() {
    std::string heard;
    std::array<char, 4096> some{};
    for (;;) {
      const auto got = ::recv(socket_, some.data(), some.size(), 0);
      if (got <= 0) return heard;
      heard.append(some.data(), static_cast<std::size_t>(got));
    }
  }

 private:
  int socket_;
};

}  // namespace braid::test
