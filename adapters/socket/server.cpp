#include "adapters/socket/server.hpp"

#include <sys/stat.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <csignal>
#include <deque>
#include <optional>
#include <vector>

#include "adapters/socket/message.hpp"
#include "adapters/socket/socket_path.hpp"
#include "events/faults.hpp"

namespace braid::socket {
namespace {

namespace asio = boost::asio;
using Stream = asio::local::stream_protocol;
using Error = boost::system::error_code;
constexpr auto never = asio::steady_timer::time_point::max();
constexpr auto answered = asio::as_tuple(asio::use_awaitable);

}  // namespace

/// One connection: a coroutine that reads messages, and one that writes answers. All on the thread
/// of `run`.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::shared_ptr<asio::io_context> context, Stream::socket socket,
             const Server::Handler& handler, const Server::Limits& limits)
      : context_(std::move(context)),
        socket_(std::move(socket)),
        deadline_(socket_.get_executor(), never),
        room_(socket_.get_executor(), never),
        ready_(socket_.get_executor(), never),
        handler_(handler),
        limits_(limits) {}

  asio::awaitable<void> read_messages() {
    const auto self = shared_from_this();
    while (!closing_) {
      auto message = co_await read_message();
      if (!message) break;
      take(std::move(*message));
      while (!closing_ && slots_.size() >= limits_.max_unanswered) co_await wait(room_);
    }
    finish_reading();
  }

  asio::awaitable<void> write_answers() {
    const auto self = shared_from_this();
    for (;;) {
      while (!broken_ && !(slots_.empty() && done_reading_) &&
             (slots_.empty() || !slots_.front()->has_value()))
        co_await wait(ready_);
      if (broken_ || slots_.empty()) break;
      const auto answer = std::move(**slots_.front());
      slots_.pop_front();
      room_.cancel();
      if (!co_await write(answer)) break;
    }
    broken_ = true;
    close();
  }

  /// Takes no more messages; what was taken is answered.
  void finish() {
    closing_ = true;
    room_.cancel();
    if (!in_message_) cancel_reading();
  }

 private:
  using Slot = std::shared_ptr<std::optional<OwnedBytes>>;

  asio::awaitable<std::optional<OwnedBytes>> read_message() {
    std::array<std::byte, length_bytes> head;
    const auto head_buffer = asio::buffer(head);
    const auto first = asio::buffer(head, 1);
    const auto [idle_error, idle_got] = co_await asio::async_read(socket_, first, answered);
    if (idle_error || idle_got == 0) co_return std::nullopt;
    in_message_ = true;
    const auto rest = head_buffer + 1;
    start_deadline();
    const auto [head_error, head_got] = co_await asio::async_read(socket_, rest, answered);
    const auto size = length_of(head);
    if (head_error || head_got != length_bytes - 1 || size > limits_.max_message_bytes)
      co_return std::nullopt;
    OwnedBytes message(size);
    const auto body = asio::buffer(message);
    const auto [error, got] = co_await asio::async_read(socket_, body, answered);
    stop_deadline();
    in_message_ = false;
    if (error || got != size) co_return std::nullopt;
    co_return std::optional<OwnedBytes>(std::move(message));
  }

  void take(OwnedBytes message) {
    const Slot slot = slots_.emplace_back(std::make_shared<std::optional<OwnedBytes>>());
    const std::weak_ptr<Connection> weak = weak_from_this();
    handler_(std::move(message), [slot, weak, context = context_](OwnedBytes answer) {
      asio::post(*context, [slot, weak, answer = std::move(answer)]() mutable {
        *slot = std::move(answer);
        if (const auto connection = weak.lock()) connection->ready_.cancel();
      });
    });
  }

  asio::awaitable<bool> write(const OwnedBytes& answer) {
    const auto head = length_before(answer.size());
    const std::array<asio::const_buffer, 2> buffers = {asio::buffer(head), asio::buffer(answer)};
    write_limit_.emplace(socket_.get_executor(), limits_.patience);
    write_limit_->async_wait([weak = weak_from_this()](const Error& error) {
      if (const auto connection = weak.lock(); connection && !error) connection->close();
    });
    const auto [error, written] = co_await asio::async_write(socket_, buffers, answered);
    write_limit_.reset();
    co_return !error && written == head.size() + answer.size();
  }

  /// A timer that nobody lets run out stands for a condition: whoever changes it cancels the timer.
  asio::awaitable<void> wait(asio::steady_timer& condition) {
    const auto [error] = co_await condition.async_wait(answered);
    static_cast<void>(error);
  }

  void start_deadline() {
    deadline_.expires_after(limits_.patience);
    deadline_.async_wait([weak = weak_from_this()](const Error& error) {
      if (const auto connection = weak.lock(); connection && !error) connection->cancel_reading();
    });
  }
  void stop_deadline() { deadline_.expires_at(never); }

  void cancel_reading() {
    Error ignored;
    socket_.shutdown(Stream::socket::shutdown_receive, ignored);
  }
  void finish_reading() {
    stop_deadline();
    deadline_.cancel();
    done_reading_ = true;
    ready_.cancel();
  }
  void close() {
    Error ignored;
    socket_.close(ignored);
    closing_ = true;
    broken_ = true;
    room_.cancel();
    ready_.cancel();
    deadline_.cancel();
  }

  std::shared_ptr<asio::io_context> context_;  ///< answers may outlive the server
  Stream::socket socket_;
  asio::steady_timer deadline_;
  asio::steady_timer room_;
  asio::steady_timer ready_;
  std::optional<asio::steady_timer> write_limit_;
  const Server::Handler& handler_;
  const Server::Limits& limits_;
  std::deque<Slot> slots_;
  bool in_message_ = false;
  bool done_reading_ = false;
  bool closing_ = false;
  bool broken_ = false;
};

class Server::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(std::filesystem::path socket, Handler handler, Limits limits)
      : path_(std::move(socket)),
        handler_(std::move(handler)),
        limits_(limits),
        acceptor_(*context_),
        signals_(*context_, SIGINT, SIGTERM) {
    listen();
  }

  ~Impl() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }

  void run() {
    asio::co_spawn(*context_, accept(), asio::detached);
    signals_.async_wait([this](const Error& error, int) {
      if (!error) finish();
    });
    context_->run();
  }

  void stop() {
    asio::post(*context_, [this] { finish(); });
  }

 private:
  void listen() try {
    std::filesystem::remove(path_);
    const SocketPath path(path_);
    const auto mask = ::umask(0177);
    acceptor_.open();
    Error error;
    acceptor_.bind(Stream::endpoint(path.short_name()), error);
    ::umask(mask);
    if (error) throw boost::system::system_error(error);
    acceptor_.listen();
  } catch (const std::system_error& error) {
    throw IoFault("cannot listen on " + path_.string() + ": " + error.code().message());
  }

  asio::awaitable<void> accept() {
    while (!stopping_) {
      auto [error, socket] = co_await acceptor_.async_accept(answered);
      if (stopping_) break;
      if (error) {  // too many open files, for instance: others may end meanwhile
        asio::steady_timer pause(*context_, std::chrono::milliseconds(100));
        const auto [paused] = co_await pause.async_wait(answered);
        static_cast<void>(paused);
        continue;
      }
      forget_ended();
      if (connections_.size() < limits_.max_connections) serve(std::move(socket));
    }
  }

  void serve(Stream::socket socket) {
    const auto connection =
        std::make_shared<Connection>(context_, std::move(socket), handler_, limits_);
    connections_.push_back(connection);
    asio::co_spawn(*context_, connection->read_messages(), asio::detached);
    asio::co_spawn(*context_, connection->write_answers(), asio::detached);
  }

  void forget_ended() {
    std::erase_if(connections_, [](const auto& connection) { return connection.expired(); });
  }

  void finish() {
    if (stopping_) return;
    stopping_ = true;
    Error ignored;
    acceptor_.close(ignored);
    signals_.cancel(ignored);
    for (const auto& weak : connections_)
      if (const auto connection = weak.lock()) connection->finish();
  }

  std::filesystem::path path_;
  Handler handler_;
  Limits limits_;
  std::shared_ptr<asio::io_context> context_ = std::make_shared<asio::io_context>(1);
  Stream::acceptor acceptor_;
  asio::signal_set signals_;
  std::vector<std::weak_ptr<Connection>> connections_;
  bool stopping_ = false;
};

Server::Server(const std::filesystem::path& socket, Handler handler, Limits limits)
    : impl_(std::make_shared<Impl>(socket, std::move(handler), limits)) {}
Server::~Server() = default;
void Server::run() { impl_->run(); }
void Server::stop() { impl_->stop(); }

}  // namespace braid::socket
