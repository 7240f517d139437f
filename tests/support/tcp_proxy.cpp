#include "tests/support/tcp_proxy.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <deque>
#include <future>
#include <list>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

namespace braid::support {
namespace {

namespace asio = boost::asio;
using boost::asio::ip::tcp;
using Clock = std::chrono::steady_clock;
constexpr auto never = Clock::time_point::max();
constexpr auto answered = asio::as_tuple(asio::use_awaitable);

/// What a direction does to all that goes that way.
struct Weather {
  std::chrono::milliseconds delay{0};
  bool held = false;
};

void close(tcp::socket& socket) {
  boost::system::error_code ignored;
  socket.close(ignored);
}

/// One direction of one connection: bytes wait here for their time. The last chunk is empty and
/// stands for the end.
class Lane {
 public:
  Lane(tcp::socket& from, tcp::socket& to, const Weather& weather)
      : from_(from),
        to_(to),
        weather_(weather),
        arrived_(from.get_executor(), never),
        taken_(from.get_executor(), never) {}

  asio::awaitable<void> receive() {
    std::array<char, 65536> buffer;
    for (bool ended = false; !ended && !closed_;) {
      const auto [error, size] =
          co_await from_.async_read_some(asio::buffer(buffer), answered);
      ended = bool(error);
      chunks_.push_back({Clock::now() + weather_.delay, {buffer.data(), ended ? 0 : size}});
      kept_ += chunks_.back().bytes.size();
      arrived_.cancel();
      while (!closed_ && kept_ > TcpProxy::most_kept) co_await wait(taken_, never);
    }
  }

  asio::awaitable<void> deliver() {
    for (;;) {
      while (!closed_ && !may_pass()) co_await wait(arrived_, next_look());
      if (closed_) co_return;
      const auto bytes = std::move(chunks_.front().bytes);
      chunks_.pop_front();
      if (bytes.empty()) co_return shut();
      const auto [error, size] = co_await asio::async_write(to_, asio::buffer(bytes), answered);
      kept_ -= bytes.size();
      taken_.cancel();
      if (error) co_return close(from_);
    }
  }

  void look_again() { arrived_.cancel(); }
  void end() {
    closed_ = true;
    arrived_.cancel();
    taken_.cancel();
  }
  [[nodiscard]] std::size_t kept() const { return kept_; }

 private:
  struct Chunk {
    Clock::time_point due;
    std::string bytes;
  };

  [[nodiscard]] bool may_pass() const {
    return !weather_.held && !chunks_.empty() && chunks_.front().due <= Clock::now();
  }
  [[nodiscard]] Clock::time_point next_look() const {
    return weather_.held || chunks_.empty() ? never : chunks_.front().due;
  }
  static asio::awaitable<void> wait(asio::steady_timer& timer, Clock::time_point until) {
    timer.expires_at(until);
    co_await timer.async_wait(answered);
  }
  void shut() {
    boost::system::error_code ignored;
    to_.shutdown(tcp::socket::shutdown_send, ignored);
  }

  tcp::socket& from_;
  tcp::socket& to_;
  const Weather& weather_;
  std::deque<Chunk> chunks_;
  std::size_t kept_ = 0;
  asio::steady_timer arrived_, taken_;
  bool closed_ = false;
};

/// A client, the broker, and the two lanes between them.
struct Connection {
  Connection(tcp::socket from_client, const std::array<Weather, 2>& weather)
      : client(std::move(from_client)),
        broker(client.get_executor()),
        to_broker(client, broker, weather[0]),
        to_client(broker, client, weather[1]) {}

  void cut() {
    close(client);
    close(broker);
    to_broker.end();
    to_client.end();
  }
  Lane& lane(Towards way) { return way == Towards::broker ? to_broker : to_client; }

  tcp::socket client, broker;
  Lane to_broker, to_client;
  int running = 4;  ///< coroutines that still use it
};

tcp::endpoint endpoint_of(const std::string& address) {
  const auto colon = address.rfind(':');
  if (colon == std::string::npos) throw std::runtime_error("no HOST:PORT: " + address);
  return {asio::ip::make_address(address.substr(0, colon)),
          static_cast<std::uint16_t>(std::stoul(address.substr(colon + 1)))};
}

}  // namespace

/// All of it on the proxy's own thread, but for the constructor and the destructor.
class TcpProxy::Impl {
 public:
  Impl() : acceptor_(context_, {asio::ip::address_v4::loopback(), 0}) {
    port_ = acceptor_.local_endpoint().port();
    asio::co_spawn(context_, accept(), asio::detached);
    thread_ = std::thread([this] { context_.run(); });
  }
  ~Impl() {
    inside([this] {
      acceptor_.close();
      for (auto& connection : connections_) connection->cut();
    });
    thread_.join();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  /// Does it on the proxy's thread, and returns when it is done.
  template <class Work>
  auto inside(Work work) -> decltype(work()) {
    std::packaged_task<decltype(work())()> task(std::move(work));
    auto done = task.get_future();
    asio::post(context_, [&task] { task(); });
    return done.get();
  }

  void look_again(Towards way) {
    for (auto& connection : connections_) connection->lane(way).look_again();
  }
  Weather& weather(Towards way) { return weather_[way == Towards::broker ? 0 : 1]; }

  std::uint16_t port_ = 0;
  std::optional<tcp::endpoint> broker_;
  std::list<std::shared_ptr<Connection>> connections_;

 private:
  asio::awaitable<void> accept() {
    while (acceptor_.is_open()) {
      auto [error, client] = co_await acceptor_.async_accept(answered);
      if (error || !broker_) continue;  // closes it
      asio::co_spawn(context_, connect(std::move(client), *broker_), asio::detached);
    }
  }

  asio::awaitable<void> connect(tcp::socket client, tcp::endpoint broker) {
    const auto connection = std::make_shared<Connection>(std::move(client), weather_);
    connections_.push_back(connection);
    const auto [error] = co_await connection->broker.async_connect(broker, answered);
    if (error || !connection->client.is_open()) {
      connection->cut();
      connections_.remove(connection);
      co_return;
    }
    boost::system::error_code ignored;
    connection->client.set_option(tcp::no_delay(true), ignored);
    connection->broker.set_option(tcp::no_delay(true), ignored);
    for (auto way : {Towards::broker, Towards::client}) {
      spawn(connection, connection->lane(way).receive());
      spawn(connection, connection->lane(way).deliver());
    }
  }

  void spawn(const std::shared_ptr<Connection>& connection, asio::awaitable<void> work) {
    asio::co_spawn(context_, std::move(work), [this, connection](const std::exception_ptr&) {
      if (--connection->running == 0) connections_.remove(connection);
    });
  }

  asio::io_context context_{1};
  tcp::acceptor acceptor_;
  std::array<Weather, 2> weather_;
  std::thread thread_;
};

TcpProxy::TcpProxy() : impl_(std::make_unique<Impl>()) {}
TcpProxy::~TcpProxy() = default;

std::string TcpProxy::address() const { return "127.0.0.1:" + std::to_string(impl_->port_); }

void TcpProxy::forward_to(const std::string& broker) {
  impl_->inside([&] { impl_->broker_ = endpoint_of(broker); });
}

void TcpProxy::delay(Towards way, std::chrono::milliseconds time) {
  impl_->inside([&] { impl_->weather(way).delay = time; });
}

void TcpProxy::hold(Towards way) {
  impl_->inside([&] { impl_->weather(way).held = true; });
}

void TcpProxy::release(Towards way) {
  impl_->inside([&] {
    impl_->weather(way).held = false;
    impl_->look_again(way);
  });
}

void TcpProxy::cut() {
  impl_->inside([&] {
    for (auto& connection : impl_->connections_) connection->cut();
  });
}

std::size_t TcpProxy::kept(Towards way) const {
  return impl_->inside([&] {
    std::size_t sum = 0;
    for (auto& connection : impl_->connections_) sum += connection->lane(way).kept();
    return sum;
  });
}

std::size_t TcpProxy::connections() const {
  return impl_->inside([&] { return impl_->connections_.size(); });
}

}  // namespace braid::support
