#include "adapters/http/client.hpp"

#include "events/faults.hpp"
#include "tests/adapters/http/serving.hpp"

using namespace braid;
using namespace braid::http;
using braid::test::Serving;
using Catch::Matchers::Contains;

namespace {

Url at(const Serving& serving, std::string_view name) {
  return Url::parse(serving.url())->below(name);
}

}  // namespace

TEST_CASE("An address is read, gone on from, and written back") {
  const auto url = Url::parse("http://ledger.example:8080/log/0/");
  REQUIRE(url);
  CHECK(url->host == "ledger.example");
  CHECK(url->port == 8080);
  CHECK(url->below("tile/0/000").text() == "http://ledger.example:8080/log/0/tile/0/000");
  CHECK(Url::parse("http://[::1]:81/x")->text() == "http://[::1]:81/x");
  CHECK(Url::parse("http://ledger.example")->port == 80);
}

TEST_CASE("What is no address is refused with what one looks like") {
  CHECK_THAT(Url::parse("https://ledger.example").error(), Contains("for https, put a proxy"));
  for (const auto* bad : {"ledger.example", "http://", "http://x:0/", "http://x:y/", "http://x:99999",
                          "http://user@x/", "http://x/a b", "http://x/?q", "http://x/\n"}) {
    INFO(bad);
    CHECK_FALSE(Url::parse(bad));
  }
}

TEST_CASE("What a server answers is handed on with its status") {
  const Serving serving([](std::string_view path) {
    return Resource{.status = path == "/here" ? 200u : 404u, .body = std::string(path)};
  });
  const auto found = get(at(serving, "here"), 100);
  CHECK(found.status == 200);
  CHECK(found.body == "/here");
  CHECK(get(at(serving, "there"), 100).status == 404);
  CHECK(post(at(serving, "here"), "", 100).status == 405);
}

TEST_CASE("An answer that is too long, too late, not HTTP or not there is a fault that names whom") {
  const Serving serving([](std::string_view) { return Resource{.body = std::string(1000, 'x')}; });
  CHECK_THROWS_WITH(get(at(serving, "x"), 999), Contains("gives no answer"));
  CHECK(get(at(serving, "x"), 1000).body.size() == 1000);

  const int mute = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);  // connects, and says nothing
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::bind(mute, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(::listen(mute, 1) == 0);
  socklen_t size = sizeof address;
  ::getsockname(mute, reinterpret_cast<sockaddr*>(&address), &size);
  const Url url{"127.0.0.1", ntohs(address.sin_port), ""};
  CHECK_THROWS_WITH(get(url, 10, std::chrono::milliseconds(50)), Contains("no answer in time"));
  ::close(mute);
  CHECK_THROWS_WITH(get(url, 10), Contains(url.text()));
}
