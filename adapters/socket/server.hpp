#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>

#include "events/bytes.hpp"

namespace braid::socket {

/// Answers messages on a Unix socket, mode 0600. A message is its length as 4 bytes, little-endian,
/// and so many bytes; so is an answer. A connection may send several before it reads; its answers
/// come in the order of its messages.
class Server {
 public:
  struct Limits {
    std::size_t max_message_bytes = 900'000;
    std::size_t max_connections = 64;  ///< one more is closed at once
    std::size_t max_unanswered =
        16;  ///< of a connection: further messages are read when answers are out
    std::chrono::milliseconds patience{
        30'000};  ///< for the rest of a begun message, and for an answer to be taken
  };

  /// Gives the answer to one message, once, from any thread.
  using Answering = std::function<void(OwnedBytes)>;
  /// Takes a message. Called on the thread of `run`; must not wait.
  using Handler = std::function<void(OwnedBytes message, Answering answering)>;

  /// Listens. A socket file that is there is replaced: whoever owns the folder's lock calls this.
  /// Throws IoFault.
  Server(const std::filesystem::path& socket, Handler handler, Limits limits);
  Server(const std::filesystem::path& socket, Handler handler)
      : Server(socket, std::move(handler), Limits()) {}
  /// Removes the socket file. Answers that come later go nowhere.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Serves until `stop`, SIGINT or SIGTERM; then takes no more messages, waits until those taken
  /// are answered and their answers are out, and returns.
  void run();
  /// Thread: any.
  void stop();

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace braid::socket
