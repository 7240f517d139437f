#include "events/sha256_lanes.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <algorithm>

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

/// Whether every way that this processor has gives what OpenSSL gives for the whole message.
bool agrees(std::byte prefix, const std::vector<Bytes>& messages) {
  std::vector<Digest> expected;
  for (const auto& message : messages) {
    OwnedBytes whole{prefix};
    whole.insert(whole.end(), message.begin(), message.end());
    expected.push_back(sha256(whole));
  }
  std::vector<Digest> digests(messages.size());
  sha256_many(prefix, messages, digests);
  bool all = digests == expected;
  for (auto way : {Sha256Way::one_by_one, Sha256Way::sha_instructions, Sha256Way::wide_vectors}) {
    if (!sha256_way_exists(way)) continue;
    digests.assign(messages.size(), Digest{});
    sha256_many_by(way, prefix, messages, digests);
    all = all && digests == expected;
  }
  return all;
}

}  // namespace

TEST_CASE("Many messages of every length to six blocks hash as one by one") {
  const auto bytes = noise(1000);
  for (std::size_t length = 0; length <= 6 * 64; ++length)
    for (std::size_t count : {1u, 2u, 3u, 4u, 5u, 9u, 16u, 17u, 40u}) {
      std::vector<Bytes> messages;
      for (std::size_t i = 0; i < count; ++i)
        messages.push_back(Bytes(bytes).subspan(i * 3, length));
      CHECK(agrees(std::byte{0}, messages));
    }
}

TEST_CASE("Messages of any mix of lengths and places hash as one by one") {
  const auto bytes = noise(70'000);
  CHECK(rc::check([&](std::vector<std::pair<std::uint16_t, std::uint16_t>> cuts,
                      std::uint8_t prefix, bool mostly_short) {
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

TEST_CASE("Messages that end at different times leave room for those that wait, in any order") {
  const auto bytes = noise(20'000);
  for (std::size_t step : {1u, 63u, 64u, 65u, 500u}) {
    std::vector<Bytes> growing;
    for (std::size_t i = 0; i < 40; ++i) growing.push_back(Bytes(bytes).first(i * step));
    CHECK(agrees(std::byte{7}, growing));
    std::reverse(growing.begin(), growing.end());
    CHECK(agrees(std::byte{7}, growing));
  }
}

TEST_CASE("One message after another can be hashed everywhere") {
  CHECK(sha256_way_exists(Sha256Way::one_by_one));
}
