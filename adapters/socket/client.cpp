#include "adapters/socket/client.hpp"

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "adapters/socket/message.hpp"
#include "adapters/socket/socket_path.hpp"
#include "events/faults.hpp"

namespace braid::socket {

namespace asio = boost::asio;
using Error = boost::system::error_code;

struct Client::Stream {
  asio::io_context context{1};
  asio::local::stream_protocol::socket socket{context};
};

namespace {

[[noreturn]] void fail(const Error& error) {
  throw IoFault("the connection to the ledger's `serve` has ended (" + error.message() +
                "): what was not answered may be recorded or not. Send the same events again; what "
                "is recorded already stays "
                "as it is");
}

bool says_that_nobody_listens(const Error& error) {
  return error == asio::error::connection_refused ||
         error == boost::system::errc::no_such_file_or_directory ||
         error == boost::system::errc::not_a_directory;
}

}  // namespace

Client::Client(std::unique_ptr<Stream> stream) : stream_(std::move(stream)) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

std::optional<Client> Client::connect(const std::filesystem::path& socket) {
  const SocketPath path(socket);
  auto stream = std::make_unique<Stream>();
  Error error;
  stream->socket.connect(asio::local::stream_protocol::endpoint(path.short_name()), error);
  if (!error) return Client(std::move(stream));
  if (says_that_nobody_listens(error)) return std::nullopt;
  throw IoFault("cannot connect to " + socket.string() + ": " + error.message());
}

void Client::send(Bytes message) {
  const auto head = length_before(message.size());
  const std::array<asio::const_buffer, 2> buffers = {asio::buffer(head),
                                                     asio::buffer(message.data(), message.size())};
  Error error;
  asio::write(stream_->socket, buffers, error);
  if (error) fail(error);
}

OwnedBytes Client::receive(std::size_t max_bytes) {
  std::array<std::byte, length_bytes> head{};
  Error error;
  asio::read(stream_->socket, asio::buffer(head), error);
  if (error) fail(error);
  const auto size = length_of(head);
  if (size > max_bytes)
    throw IoFault("the ledger's `serve` answered with " + std::to_string(size) +
                  " bytes: it is another program");
  OwnedBytes answer(size);
  asio::read(stream_->socket, asio::buffer(answer), error);
  if (error) fail(error);
  return answer;
}

}  // namespace braid::socket
