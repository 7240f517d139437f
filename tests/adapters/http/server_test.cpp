#include "adapters/http/server.hpp"

#include "adapters/http/client.hpp"
#include "events/faults.hpp"
#include "tests/adapters/http/serving.hpp"

using namespace braid;
using namespace braid::http;
using braid::test::RawClient;
using braid::test::Serving;
using Catch::Matchers::Contains;

namespace {

Resource shown(std::string_view path) {
  if (path == "/note") return {.body = "a note\n"};
  if (path == "/tile")
    return {.content_type = "application/octet-stream", .immutable = true, .body = std::string(8192, 'x')};
  if (path == "/broken") throw IoFault("/secret/folder/data.mdb cannot be read");
  return {.status = 404, .body = "nothing at " + std::string(path) + "\n"};
}

/// What one connection answers to `request`, to its end.
std::string answer_to(const Serving& serving, std::string_view request) {
  RawClient client(serving.port());
  client.send(request);
  return client.hear_all();
}

std::string closing(std::string_view first_line) {
  return std::string(first_line) + "\r\nHost: x\r\nConnection: close\r\n\r\n";
}

}  // namespace

TEST_CASE("What changes is kept by no cache, what never changes for ever") {
  const Serving serving(shown);
  const auto note = answer_to(serving, closing("GET /note HTTP/1.1"));
  CHECK(note.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK_THAT(note, Contains("Content-Type: text/plain; charset=utf-8\r\n") &&
                       Contains("Cache-Control: no-cache\r\n") &&
                       Contains("Content-Length: 7\r\n"));
  CHECK(note.ends_with("\r\n\r\na note\n"));
  const auto tile = answer_to(serving, closing("GET /tile HTTP/1.1"));
  CHECK_THAT(tile, Contains("Content-Type: application/octet-stream\r\n") &&
                       Contains("Cache-Control: public, max-age=31536000, immutable\r\n"));
  CHECK(tile.ends_with("\r\n\r\n" + std::string(8192, 'x')));
}

TEST_CASE("HEAD says all but the body, and a query is not part of the path") {
  const Serving serving(shown);
  const auto head = answer_to(serving, closing("HEAD /tile HTTP/1.1"));
  CHECK_THAT(head, Contains("200 OK") && Contains("Content-Length: 8192\r\n"));
  CHECK(head.ends_with("\r\n\r\n"));
  CHECK_THAT(answer_to(serving, closing("GET /note?x=1 HTTP/1.1")), Contains("200 OK"));
}

TEST_CASE("A request that asks for anything but a path that is there is refused clearly") {
  struct Row {
    std::string request;
    const char* status;
    const char* sentence;
  };
  const Serving serving(shown);
  for (const auto& [request, status, sentence] : {
           Row{closing("GET /nowhere HTTP/1.1"), "404", "nothing at /nowhere"},
           Row{closing("POST /note HTTP/1.1"), "405", "only GET and HEAD"},
           Row{closing("DELETE /note HTTP/1.1"), "405", "Allow: GET, HEAD"},
           Row{closing("GET note HTTP/1.1"), "400", "names a path"},
           Row{closing("GET /note HTTP/1.1\r\nContent-Length: 5"), "413", "no body"},
           Row{closing("GET /note HTTP/1.1\r\nTransfer-Encoding: chunked"), "413", "no body"},
           Row{closing("GET /broken HTTP/1.1"), "500", "cannot be read now"},
           Row{"no such thing\r\n\r\n", "400", "no HTTP request"},
           Row{"GET /note HTTP/3.7\r\n\r\n", "400", "no HTTP request"},
           Row{closing("GET /" + std::string(9000, 'a') + " HTTP/1.1"), "431", "too long"},
           Row{closing("GET /note HTTP/1.1\r\nX: " + std::string(9000, 'a')), "431", "too long"},
       }) {
    const auto answer = answer_to(serving, request);
    INFO(request.substr(0, 60) << " -> " << answer.substr(0, 300));
    CHECK(answer.substr(0, 12) == std::string("HTTP/1.1 ") + status);
    CHECK_THAT(answer, Contains(sentence));
    CHECK_THAT(answer, !Contains("secret"));
  }
}

TEST_CASE("A connection is used again until it is closed") {
  const Serving serving(shown);
  RawClient client(serving.port());
  client.send("GET /note HTTP/1.1\r\nHost: x\r\n\r\nGET /note HTTP/1.1\r\nHost: x\r\n\r\n");
  client.send(closing("GET /note HTTP/1.1"));
  const auto heard = client.hear_all();
  std::size_t notes = 0;
  for (std::size_t at = 0; (at = heard.find("a note\n", at)) != std::string::npos; ++at) ++notes;
  CHECK(notes == 3);
}

TEST_CASE("A client that sends its request slowly, or takes no answer, is let go") {
  const Serving serving(
      [](std::string_view) { return Resource{.body = std::string(64 << 20, 'x')}; },
      {.patience = std::chrono::milliseconds(100)});
  RawClient slow(serving.port());
  slow.send("GET /no");
  CHECK(slow.hear_all().empty());
  RawClient silent(serving.port());
  CHECK(silent.hear_all().empty());
  RawClient deaf(serving.port());
  deaf.send("GET /note HTTP/1.1\r\nHost: x\r\n\r\n");
  RawClient after(serving.port());  // and others are served meanwhile
  after.send(closing("HEAD /note HTTP/1.1"));
  CHECK_THAT(after.hear_all(), Contains("200 OK"));
}

TEST_CASE("More connections than there is room for are told to come again") {
  const Serving serving(shown, {.max_connections = 2});
  RawClient one(serving.port());
  RawClient two(serving.port());
  one.send("GET /note HTTP/1.1\r\nHost: x\r\n\r\n");
  two.send("GET /note HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK_THAT(answer_to(serving, closing("GET /note HTTP/1.1")), Contains("503"));
}

TEST_CASE("Only addresses that nobody else can reach are listened on") {
  CHECK(ListenAddress::parse("8080")->port == 8080);
  CHECK(ListenAddress::parse("8080")->host == "127.0.0.1");
  CHECK(ListenAddress::parse("localhost:1")->host == "127.0.0.1");
  CHECK(ListenAddress::parse("127.0.0.2:1")->host == "127.0.0.2");
  CHECK(ListenAddress::parse("[::1]:8080")->host == "::1");
  for (const auto* reachable : {"0.0.0.0:80", "[::]:80", "192.0.2.1:80"})
    CHECK_THAT(ListenAddress::parse(reachable).error(), Contains("can be reached by others"));
  for (const auto* none : {"", "x", "80x", "127.0.0.1:", "127.0.0.1:65536", "-1"})
    CHECK_THAT(ListenAddress::parse(none).error(), Contains("PORT or HOST:PORT"));
  CHECK_THAT(ListenAddress::parse("ledger.example:80").error(), Contains("in numbers"));
}

TEST_CASE("An address that is taken is said to be") {
  const Serving serving(shown);
  CHECK_THROWS_WITH(Server({"127.0.0.1", serving.port()}, shown), Contains("cannot listen on 127.0.0.1"));
}
