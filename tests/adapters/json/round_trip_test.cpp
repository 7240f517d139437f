#include <capnp/any.h>
#include <capnp/message.h>

#include <catch2/catch.hpp>
#include <random>

#include "events/schema/event.capnp.h"
#include "tests/adapters/json/sample.hpp"
#include "tests/support/random_message.hpp"

using namespace braid::json;
using namespace braid::json::test;

namespace {

constexpr std::uint64_t seed = 20261122;

std::string canonical(capnp::DynamicStruct::Reader message) {
  const auto words = message.as<capnp::AnyStruct>().canonicalize();
  return {words.asChars().begin(), words.asChars().size()};
}

/// The canonical bytes of what a line says, or why it says nothing.
tl::expected<std::string, std::string> bytes_of(const StructJson& json, capnp::StructSchema schema,
                                                std::string_view line) {
  capnp::MallocMessageBuilder memory;
  auto message = memory.initRoot<capnp::DynamicStruct>(schema);
  return json.decode(line, message)
      .map([&] { return canonical(message.asReader()); })
      .map_error([](const JsonProblem& problem) { return problem.sentence(); });
}

std::string random_line(const StructJson& json, capnp::StructSchema schema, std::mt19937_64& random,
                        std::string& bytes) {
  capnp::MallocMessageBuilder memory;
  auto message = memory.initRoot<capnp::DynamicStruct>(schema);
  braid::test::fill_randomly(message, random);
  bytes = canonical(message.asReader());
  return json.encode(message.asReader());
}

template <class Type>
void check_round_trips(int times) {
  const auto schema = capnp::Schema::from<Type>();
  const StructJson json(schema);
  std::mt19937_64 random(seed);
  for (int i = 0; i < times; ++i) {
    std::string bytes;
    const auto line = random_line(json, schema, random, bytes);
    CAPTURE(seed, i, line);
    const auto again = bytes_of(json, schema, line);
    if (!again) FAIL(again.error());
    REQUIRE(*again == bytes);
  }
}

/// One byte, or a stretch of them, changed, left out, doubled or moved: mostly still nearly JSON.
void mutate(std::string& line, std::mt19937_64& random) {
  static constexpr std::string_view likely = "{}[]\",:0123456789-.eE\\untrfalse \x01\x7f\xc3\xff";
  const auto at = random() % line.size();
  const auto size = std::min<std::size_t>(1 + random() % 8, line.size() - at);
  switch (random() % 4) {
    case 0:
      line[at] = likely[random() % likely.size()];
      return;
    case 1:
      line.erase(at, size);
      return;
    case 2:
      line.insert(at, line.substr(at, size));
      return;
    default:
      line.insert(random() % line.size(), line.substr(at, size));
      return;
  }
}

template <class Type>
void check_mutants(int times) {
  const auto schema = capnp::Schema::from<Type>();
  const StructJson json(schema);
  std::mt19937_64 random(seed);
  int refused = 0;
  for (int i = 0; i < times; ++i) {
    std::string bytes, line = random_line(json, schema, random, bytes);
    for (auto changes = 1 + random() % 3; changes > 0 && !line.empty(); --changes)
      mutate(line, random);
    CAPTURE(seed, i, line);
    capnp::MallocMessageBuilder memory;
    auto message = memory.initRoot<capnp::DynamicStruct>(schema);
    if (!json.decode(line, message)) {
      ++refused;
      continue;
    }
    const auto again = bytes_of(json, schema, json.encode(message.asReader()));
    if (!again) FAIL(again.error());
    REQUIRE(*again == canonical(message.asReader()));
  }
  CHECK(refused > times / 2);
}

}  // namespace

TEST_CASE("any message written as JSON is read as the same canonical bytes") {
  check_round_trips<schema::Sample>(1000);
}

TEST_CASE("any event of any kind written as JSON is read as the same canonical bytes") {
  check_round_trips<braid::schema::Event>(4000);
}

TEST_CASE("a damaged line is refused, or says something that reads back as itself") {
  check_mutants<schema::Sample>(1000);
  check_mutants<braid::schema::Event>(4000);
}
