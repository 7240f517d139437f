#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "events/parsed.hpp"

namespace braid::http {

/// What is answered to a request for a path.
struct Resource {
  unsigned status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  /// Bytes that never change may be kept by caches for ever; others by none.
  bool immutable = false;
  std::string body;
};

/// Where a server listens.
struct ListenAddress {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any that is free

  /// PORT, HOST:PORT or [HOST]:PORT. A sentence where it is none, or an address that others can
  /// reach: what is served has no transport security yet.
  static Parsed<ListenAddress> parse(std::string_view text);
};

/// A minimal HTTP/1.1 server that only shows things: GET and HEAD of paths. Whoever asks for
/// anything else, too much or too slowly gets an error, or is disconnected.
class Server {
 public:
  struct Limits {
    std::size_t max_connections = 64;        ///< more are answered 503, twice as many closed at once
    std::uint32_t max_head_bytes = 8 << 10;  ///< of a request; a body is refused
    std::size_t max_requests = 10'000;       ///< of a connection
    std::chrono::milliseconds patience{10'000};  ///< for a request to come, and for an answer to be
                                                 ///< taken
  };

  /// Gives what lies at a path, which begins with '/' and is as the client sent it, without its
  /// query. Called on the thread of `run`. What it throws is answered 500 and told to nobody.
  using Handler = std::function<Resource(std::string_view path)>;

  /// Listens. Throws IoFault.
  Server(const ListenAddress& address, Handler handler, Limits limits);
  Server(const ListenAddress& address, Handler handler)
      : Server(address, std::move(handler), Limits()) {}
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// Serves until `stop`; then closes what is open.
  void run();
  /// Thread: any.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace braid::http
