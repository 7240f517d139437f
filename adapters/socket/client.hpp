#pragma once
#include <filesystem>
#include <memory>
#include <optional>

#include "events/bytes.hpp"

namespace braid::socket {

/// The other end of a Server: sends messages and waits for their answers, which come in order.
/// Thread: one.
class Client {
 public:
  /// Nothing where nobody listens on that socket, or there is none. Throws IoFault for anything
  /// else.
  static std::optional<Client> connect(const std::filesystem::path& socket);
  ~Client();
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;

  /// Waits until the server takes it. Throws IoFault where the connection has ended. To keep both
  /// ends moving, leave no more messages without answer than the server's Limits::max_unanswered.
  void send(Bytes message);
  /// Waits for the next answer, of at most `max_bytes`. Throws IoFault where the connection has
  /// ended before it came.
  OwnedBytes receive(std::size_t max_bytes);

 private:
  struct Stream;
  explicit Client(std::unique_ptr<Stream> stream);
  std::unique_ptr<Stream> stream_;
};

}  // namespace braid::socket
