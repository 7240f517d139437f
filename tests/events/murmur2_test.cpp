#include "events/murmur2.hpp"

#include <catch2/catch.hpp>
#include <map>

using namespace braid;

TEST_CASE("Murmur2 gives the values of the Java client's own tests") {
  const std::map<std::string_view, std::int32_t> published = {
      {"21", -973932308},
      {"foobar", -790332482},
      {"a-little-bit-long-string", -985981536},
      {"a-little-bit-longer-string", -1486304829},
      {"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971},
      {"abc", 479470107},
  };
  for (const auto& [key, hash] : published) CHECK(static_cast<std::int32_t>(murmur2(key)) == hash);
}

TEST_CASE("A key's partition is its positive hash modulo the number of partitions") {
  CHECK(partition_of("foobar", 48) == ((static_cast<std::uint32_t>(-790332482) & 0x7fffffff) % 48));
  CHECK(partition_of("abc", 7) == 479470107 % 7);
  CHECK(partition_of("", 1) == 0);
}

TEST_CASE("Bytes above 127 hash as unsigned, as in Java") {
  CHECK(murmur2("\xff\xfe\xfd\xfc\xfb\xfa\xf9") ==
        4128730949u);  // computed by a second implementation
}
