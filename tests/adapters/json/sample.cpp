#include "tests/adapters/json/sample.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

namespace braid::json::test {
namespace {

const StructJson& sample_json() {
  static const StructJson json(capnp::Schema::from<schema::Sample>());
  return json;
}

}  // namespace

std::string whole() {
  return R"json({
"id": "0192f3c1-7a00-7000-8000-000000000001",
"hash": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
"person": "1111111111111111111111111111111111111111111111111111111111111111",
"words": "Care Act 2014 s.26(1)/(2)",
"yes": true,
"tiny": -128,
"small": 65535,
"medium": -2147483648,
"count": 4294967295,
"large": -9007199254740992,
"huge": 9007199254740992,
"amount": 1885000,
"on": "2026-04-01",
"month": "2026-04",
"at": "2026-04-01T09:30:00.000001Z",
"sector": "socialCare",
"key": "AAEC/w==",
"inner": {"name": "a", "sector": "health", "small": 1},
"inners": [{"name": "b", "sector": "none", "small": 2}],
"tags": ["x", ""],
"numbers": [1, -2],
"grid": [[1, 2], [], [3]],
"blobs": ["", "AA=="],
"invoice": "0192f3c1-7a00-7000-8000-000000000002",
"body": {"opened": {"name": "c", "sector": "person", "small": 3}}
})json";
}

std::string whole_with(std::string_view from, std::string_view to) {
  std::string line = whole();
  const auto at = line.find(from);
  REQUIRE(at != line.npos);
  return line.replace(at, from.size(), to);
}

JsonProblem problem_with(std::string_view line) {
  capnp::MallocMessageBuilder memory;
  const auto decoded = sample_json().decode(line, memory.initRoot<schema::Sample>());
  return decoded ? JsonProblem{"", 0, "nothing", "nothing", "nothing"} : decoded.error();
}

bool is_right(std::string_view line) {
  capnp::MallocMessageBuilder memory;
  return sample_json().decode(line, memory.initRoot<schema::Sample>()).has_value();
}

JsonProblem changed(std::string_view from, std::string_view to) {
  return problem_with(whole_with(from, to));
}

std::size_t place_in(std::string_view from, std::string_view to, std::string_view part) {
  return whole_with(from, to).find(part);
}

Decoded::Decoded(std::string_view line) {
  const auto decoded = sample_json().decode(line, sample_);
  if (!decoded) FAIL(decoded.error().sentence());
}

std::string token(char digit) { return std::string(64, digit); }

Sealer backwards() {
  return
      [](const PersonToken& about, std::string_view clear) -> tl::expected<SealedBox, std::string> {
        if (about.bytes[0] == std::byte{0})
          return tl::unexpected(std::string("the vault holds no key of this person"));
        SealedBox sealed;
        sealed.key_id = Uuid{1, 2};
        const Bytes bytes = as_bytes(clear);
        sealed.box.assign(bytes.rbegin(), bytes.rend());
        return sealed;
      };
}

}  // namespace braid::json::test
