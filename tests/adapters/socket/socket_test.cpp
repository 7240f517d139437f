#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <future>
#include <thread>

#include "adapters/socket/client.hpp"
#include "adapters/socket/server.hpp"
#include "adapters/socket/socket_path.hpp"
#include "events/faults.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace braid;
using braid::support::TemporaryFolder;

namespace {

OwnedBytes bytes(std::string_view text) {
  const auto view = as_bytes(text);
  return {view.begin(), view.end()};
}
std::string text(const OwnedBytes& from) { return std::string(as_text(from)); }

/// A server on a thread of its own that answers each message with "re: " and the message.
class Echo {
 public:
  explicit Echo(const std::filesystem::path& path, socket::Server::Limits limits = {})
      : server_(
            path,
            [](OwnedBytes message, const socket::Server::Answering& answer) {
              answer(bytes("re: " + text(message)));
            },
            limits),
        thread_([this] { server_.run(); }) {}
  ~Echo() {
    server_.stop();
    thread_.join();
  }

 private:
  socket::Server server_;
  std::thread thread_;
};

std::string ask(socket::Client& client, std::string_view message) {
  client.send(as_bytes(message));
  return text(client.receive(1 << 20));
}

/// A client without manners.
class RawClient {
 public:
  explicit RawClient(const std::filesystem::path& path)
      : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const socket::SocketPath name(path);
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    name.short_name().copy(address.sun_path, sizeof address.sun_path - 1);
    REQUIRE(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  }
  ~RawClient() { ::close(socket_); }

  void send(std::string_view what) {
    REQUIRE(::send(socket_, what.data(), what.size(), MSG_NOSIGNAL) >= 0);
  }
  /// Waits for the server to close.
  bool is_closed_by_the_server() {
    char byte = 0;
    return ::recv(socket_, &byte, 1, 0) <= 0;
  }

 private:
  int socket_;
};

}  // namespace

TEST_CASE("A message is answered, and answers come in the order of the messages") {
  const TemporaryFolder folder;
  const Echo echo(folder / "socket");
  auto client = socket::Client::connect(folder / "socket");
  REQUIRE(client);
  CHECK(ask(*client, "one") == "re: one");
  CHECK(ask(*client, "") == "re: ");
  for (const auto* message : {"a", "b", "c"}) client->send(as_bytes(message));
  for (const auto* message : {"a", "b", "c"})
    CHECK(text(client->receive(100)) == std::string("re: ") + message);
}

TEST_CASE("A large message and many clients are served side by side") {
  const TemporaryFolder folder;
  const Echo echo(folder / "socket");
  const std::string large(900'000, 'x');
  std::vector<socket::Client> clients;
  for (int i = 0; i < 20; ++i)
    clients.push_back(std::move(*socket::Client::connect(folder / "socket")));
  for (auto& client : clients) client.send(as_bytes(large));
  for (auto& client : clients) CHECK(client.receive(1 << 20).size() == large.size() + 4);
}

TEST_CASE("Only the owner may connect") {
  const TemporaryFolder folder;
  const Echo echo(folder / "socket");
  struct stat status{};
  REQUIRE(::stat((folder / "socket").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("A socket that nobody listens on, or that is not there, is no server") {
  const TemporaryFolder folder;
  CHECK_FALSE(socket::Client::connect(folder / "socket"));
  {
    const Echo echo(folder / "socket");
  }
  CHECK_FALSE(socket::Client::connect(folder / "socket"));
}

TEST_CASE("What a killed server left does not keep the next from listening") {
  const TemporaryFolder folder;
  {
    const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    (folder / "socket").string().copy(address.sun_path, sizeof address.sun_path - 1);
    REQUIRE(::bind(left, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    ::close(left);
  }
  CHECK_FALSE(socket::Client::connect(folder / "socket"));
  const Echo echo(folder / "socket");
  CHECK(socket::Client::connect(folder / "socket"));
}

TEST_CASE("A folder's name may be longer than the system's names of sockets") {
  const TemporaryFolder folder;
  const auto deep = folder.path() / std::string(100, 'd') / std::string(100, 'e');
  std::filesystem::create_directories(deep);
  const Echo echo(deep / "socket");
  auto client = socket::Client::connect(deep / "socket");
  REQUIRE(client);
  CHECK(ask(*client, "far") == "re: far");
}

TEST_CASE("A message that is too long is not read, and ends the connection") {
  const TemporaryFolder folder;
  const Echo echo(folder / "socket", {.max_message_bytes = 10});
  RawClient client(folder / "socket");
  client.send(std::string_view("\x0b\0\0\0", 4));
  CHECK(client.is_closed_by_the_server());
}

TEST_CASE("A client that begins a message and does not go on is let go") {
  const TemporaryFolder folder;
  const Echo echo(folder / "socket", {.patience = std::chrono::milliseconds(50)});
  RawClient client(folder / "socket");
  client.send(std::string_view("\x0a\0\0\0half", 8));
  CHECK(client.is_closed_by_the_server());
}

TEST_CASE("A client that takes no answers is let go, and others are served meanwhile") {
  const TemporaryFolder folder;
  const Echo echo(folder / "socket",
                  {.max_unanswered = 2, .patience = std::chrono::milliseconds(50)});
  auto deaf = socket::Client::connect(folder / "socket");
  REQUIRE(deaf);
  const std::string large(800'000, 'x');
  const auto shout = [&] {
    for (int i = 0; i < 100; ++i) deaf->send(as_bytes(large));
  };
  CHECK_THROWS_AS(shout(), IoFault);
  auto other = socket::Client::connect(folder / "socket");
  CHECK(ask(*other, "hello") == "re: hello");
}

TEST_CASE("One connection more than the limit is closed at once") {
  const TemporaryFolder folder;
  const Echo echo(folder / "socket", {.max_connections = 1});
  auto first = socket::Client::connect(folder / "socket");
  CHECK(ask(*first, "in") == "re: in");
  RawClient second(folder / "socket");
  CHECK(second.is_closed_by_the_server());
}

TEST_CASE("A server that stops answers what it has taken") {
  const TemporaryFolder folder;
  std::promise<socket::Server::Answering> taken;
  socket::Server server(folder / "socket", [&](OwnedBytes, socket::Server::Answering answer) {
    taken.set_value(std::move(answer));
    server.stop();
  });
  std::thread thread([&] { server.run(); });
  auto client = socket::Client::connect(folder / "socket");
  client->send(as_bytes("last"));
  const auto answer = taken.get_future().get();
  while (socket::Client::connect(folder / "socket"))
    std::this_thread::yield();  // it listens no more
  answer(bytes("late, but true"));
  CHECK(text(client->receive(100)) == "late, but true");
  CHECK_THROWS_AS(client->receive(100), IoFault);
  thread.join();
}

TEST_CASE("An answer that comes when the server is gone goes nowhere") {
  const TemporaryFolder folder;
  socket::Server::Answering answer;
  {
    std::promise<void> taken;
    socket::Server server(folder / "socket", [&](OwnedBytes, socket::Server::Answering given) {
      answer = std::move(given);
      taken.set_value();
    });
    std::thread thread([&] { server.run(); });
    {
      auto client = socket::Client::connect(folder / "socket");
      client->send(as_bytes("and gone"));
      taken.get_future().wait();
    }
    answer(bytes("nobody hears"));
    server.stop();
    thread.join();
  }
  answer(bytes("nobody hears"));
  CHECK_FALSE(socket::Client::connect(folder / "socket"));
}
