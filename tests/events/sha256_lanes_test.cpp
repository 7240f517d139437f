#include "events/sha256_lanes.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

using namespace braid;

namespace {

/// A buffer of noise, that messages are cut from at any address.
OwnedBytes noise(std::size_t size) {
  OwnedBytes bytes(size);
  std::uint32_t state = 1;
  for (auto& byte : bytes) {
    state = state * 1664525 + 1013904223;
    byte = static_cast<std::byte>(state >> 24);
  }
  return bytes;
}

/// Whether many at a time gives what OpenSSL gives one by one.
bool agrees(std::byte prefix, const std::vector<Bytes>& messages) {
  std::vector<Digest> many(messages.size()), each(messages.size());
  sha256_many(prefix, messages, many);
  for (std::size_t i = 0; i < messages.size(); ++i) {
    OwnedBytes whole{prefix};
    whole.insert(whole.end(), messages[i].begin(), messages[i].end());
    each[i] = sha256(whole);
  }
  std::vector<Digest> one_by_one(messages.size());
  sha256_one_by_one(prefix, messages, one_by_one);
  return many == each && one_by_one == each;
}

}  // namespace

TEST_CASE("Many messages of every length to six blocks hash as one by one") {
  const auto bytes = noise(1000);
  for (std::size_t length = 0; length <= 6 * 64; ++length)
    for (std::size_t count : {2u, 3u, 4u, 5u, 9u}) {
      std::vector<Bytes> messages;
      for (std::size_t i = 0; i < count; ++i)
        messages.push_back(Bytes(bytes).subspan(i * 3, length));
      CHECK(agrees(std::byte{0}, messages));
    }
}

TEST_CASE("Messages of any mix of lengths and places hash as one by one") {
  const auto bytes = noise(70'000);
  CHECK(rc::check([&](std::vector<std::pair<std::uint16_t, std::uint16_t>> cuts, std::uint8_t prefix,
                bool mostly_short) {
    std::vector<Bytes> messages;
    for (auto [at, length] : cuts)
      messages.push_back(Bytes(bytes).subspan(at / 16, mostly_short ? length % 200 : length));
    RC_ASSERT(agrees(std::byte{prefix}, messages));
  }));
}

TEST_CASE("One long message among short ones, first, last or alone, hashes as one by one") {
  const auto bytes = noise(65'535);
  const Bytes long_one = bytes, short_one = Bytes(bytes).first(5);
  CHECK(agrees(std::byte{1}, {long_one, short_one, short_one, short_one, short_one, short_one}));
  CHECK(agrees(std::byte{1}, {short_one, short_one, short_one, short_one, short_one, long_one}));
  CHECK(agrees(std::byte{1}, {long_one}));
  CHECK(agrees(std::byte{1}, {long_one, long_one}));
  CHECK(agrees(std::byte{1}, {}));
}

TEST_CASE("Where several are hashed at a time, one is hashed in the same way too") {
  if (!has_sha256_lanes()) return;
  const std::array message = {as_bytes("abc")};
  std::array<Digest, 1> digest;
  sha256_in_lanes(std::byte{'x'}, message, digest);
  CHECK(digest[0] == sha256(as_bytes("xabc")));
}
