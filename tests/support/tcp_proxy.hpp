#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace braid::support {

/// Which way bytes go.
enum class Towards { broker, client };

/// A TCP proxy on 127.0.0.1 between clients and one broker, with a thread of its own, that delays
/// what passes, holds it back, or cuts the line. Every function is about all connections, those to
/// come included, and has happened when it returns. The end of a connection keeps its place behind
/// the bytes before it: what is held of a client that was killed still gets there when released.
///
///     TcpProxy proxy;
///     LocalBroker broker({.advertised = {{1, proxy.address()}}});
///     proxy.forward_to(broker.proxied());
///     ... a client of proxy.address() passes through it; one of broker.bootstrap() does not
class TcpProxy {
 public:
  /// Bytes kept back of one direction of one connection; beyond them the sender is made to wait.
  static constexpr std::size_t most_kept = 64 << 20;

  /// Listens. Until `forward_to` whoever connects is sent away.
  TcpProxy();
  /// Cuts all connections.
  ~TcpProxy();
  TcpProxy(const TcpProxy&) = delete;
  TcpProxy& operator=(const TcpProxy&) = delete;

  /// "127.0.0.1:41234".
  [[nodiscard]] std::string address() const;
  /// New connections go there: "127.0.0.1:23452".
  void forward_to(const std::string& broker);

  /// What comes from now on arrives so much later; order is kept. Zero: at once again.
  void delay(Towards way, std::chrono::milliseconds time);
  /// Lets nothing through; keeps it, in order.
  void hold(Towards way);
  /// Lets through what was held, and what follows.
  void release(Towards way);
  /// Closes every connection; what was held or delayed is lost. Clients may connect again.
  void cut();

  /// Bytes that wait in the proxy, of all connections.
  [[nodiscard]] std::size_t kept(Towards way) const;
  /// Connections that are open.
  [[nodiscard]] std::size_t connections() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace braid::support
