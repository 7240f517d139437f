#include "events/secret.hpp"

#include <catch2/catch.hpp>
#include <new>
#include <type_traits>

using namespace braid;

namespace {

template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };

bool all_zero(Bytes bytes) {
  for (auto byte : bytes)
    if (byte != std::byte{0}) return false;
  return true;
}

}  // namespace

TEST_CASE("A secret can be neither copied nor printed") {
  STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<Secret<32>>);
  STATIC_REQUIRE_FALSE(std::is_copy_assignable_v<Secret<32>>);
  STATIC_REQUIRE_FALSE(Printable<Secret<32>>);
}

TEST_CASE("A secret that has been moved from is wiped") {
  auto first = Secret<32>::random();
  CHECK_FALSE(all_zero(first.expose()));
  const auto second = std::move(first);
  CHECK(all_zero(first.expose()));
  CHECK_FALSE(all_zero(second.expose()));
}

TEST_CASE("A secret is wiped when its owner goes") {
  alignas(Secret<32>) std::array<std::byte, sizeof(Secret<32>)> place;
  auto* secret = new (place.data()) Secret<32>(Secret<32>::random());
  CHECK_FALSE(all_zero(place));
  secret->~Secret();
  CHECK(all_zero(place));
}

TEST_CASE("Two random secrets differ") {
  const auto first = Secret<32>::random(), second = Secret<32>::random();
  CHECK(std::memcmp(first.expose().data(), second.expose().data(), 32) != 0);
}
