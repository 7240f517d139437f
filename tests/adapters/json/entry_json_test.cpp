#include "adapters/json/entry_json.hpp"

#include <capnp/any.h>
#include <capnp/message.h>

#include <catch2/catch.hpp>
#include <random>

#include "adapters/json/struct_json.hpp"
#include "events/schema/event.capnp.h"
#include "tests/support/random_message.hpp"

using namespace braid;
using namespace braid::json;

namespace {

const Digest leaf_hash = sha256(as_bytes("leaf"));

const EntryJson& entry_json() {
  static const EntryJson json(capnp::Schema::from<schema::Event>());
  return json;
}

struct Written {
  std::string line;
  std::vector<kj::byte> bytes;
};

/// An event that money moves by, as JSON and as canonical bytes.
Written a_budget_closed() {
  capnp::MallocMessageBuilder memory;
  auto event = memory.initRoot<schema::Event>();
  event.initId().setHigh(1);
  event.setPublisher("QWE");
  event.setEffective(20544);
  auto closed = event.initBody().initBudgetClosed();
  closed.initBudget().setHigh(2);
  closed.setOn(20545);
  closed.setReason(schema::ClosingReason::MOVED);
  const auto words = capnp::canonicalize(event.asReader());
  const auto bytes = words.asBytes();
  return {StructJson(capnp::Schema::from<schema::Event>())
              .encode(capnp::DynamicStruct::Reader(event.asReader())),
          {bytes.begin(), bytes.end()}};
}

std::string entry_with_event(const std::vector<kj::byte>& bytes) {
  capnp::MallocMessageBuilder memory;
  auto entry = memory.initRoot<schema::Entry>();
  entry.initPrevious();
  entry.setSequence(7);
  entry.setRecordedAt(1'000'000);
  entry.initRefused().setEvent(kj::arrayPtr(bytes.data(), bytes.size()));
  return entry_json().encode(entry.asReader(), leaf_hash);
}

}  // namespace

TEST_CASE("an entry shows its event as the object that was published, and its own leaf hash last") {
  const auto event = a_budget_closed();
  const auto line = entry_with_event(event.bytes);
  CHECK(line.starts_with(R"({"sequence":7,"previous":"0000)"));
  CHECK(line.find(R"("recordedAt":"1970-01-01T00:00:01.000000Z")") != line.npos);
  CHECK(line.find("\"event\":" + event.line) != line.npos);
  CHECK(event.line.find(R"("on":"2026-04-02","reason":"moved")") != line.npos);
  CHECK(line.ends_with(",\"hash\":\"" + leaf_hash.hex() + "\"}"));
}

TEST_CASE("an entry without an event's bytes shows none") {
  CHECK(entry_with_event({}).find("\"event\"") == std::string::npos);
}

TEST_CASE("bytes that are no event are shown as bytes") {
  CHECK(entry_with_event({1, 2, 3}).find(R"("event":{"unreadable":"AQID"})") != std::string::npos);
  CHECK(entry_with_event(std::vector<kj::byte>(16, 0xff))
            .find(R"("unreadable":"/////////////////////w==")") != std::string::npos);
}

TEST_CASE("an entry whose event is damaged anywhere is still one line of bounded length") {
  std::mt19937_64 random(20261122);
  const auto event = a_budget_closed();
  for (int i = 0; i < 2000; ++i) {
    auto bytes = event.bytes;
    for (auto flips = 1 + random() % 4; flips > 0; --flips)
      bytes[random() % bytes.size()] ^= static_cast<kj::byte>(1 << (random() % 8));
    CAPTURE(i);
    const auto line = entry_with_event(bytes);
    REQUIRE(line.ends_with("\"}"));
    REQUIRE(line.size() < 10'000'000);
    REQUIRE(line.find('\n') == line.npos);
  }
}
