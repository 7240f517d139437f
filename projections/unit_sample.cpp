#include "projections/unit_sample.hpp"

#include <algorithm>
#include <string>

#include "events/check.hpp"

namespace braid::projections {

namespace {

/// How many of the points (start + k total) / size, k from 0, lie before `pence`.
Wide points_before(Wide pence, Wide start, Wide total, Wide size) {
  const auto reach = size * pence - start;
  return reach <= 0 ? 0 : (reach + total - 1) / total;
}

}  // namespace

UnitSample draw_units(std::span<const std::int64_t> amounts, std::uint64_t size,
                      UnsignedWide random) {
  check(size >= 1 && size <= UnitSample::max_size, "a sample's size is checked where it is read");
  UnitSample sample;
  for (const auto pence : amounts) {
    if (pence <= 0) continue;
    ++sample.counted;
    sample.total += pence;
  }
  if (sample.counted == 0) return sample;
  sample.start = static_cast<Wide>(random % static_cast<UnsignedWide>(sample.total));
  sample.all = sample.counted <= size;
  const auto selections = static_cast<Wide>(size);
  Wide before = 0;
  Wide seen = 0;
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    if (amounts[i] <= 0) continue;
    before += amounts[i];
    const auto points = points_before(before, sample.start, sample.total, selections);
    const auto times = static_cast<std::uint64_t>(points - seen);
    seen = points;
    if (times == 0 && !sample.all) continue;
    const bool certain = sample.all || selections * amounts[i] >= sample.total;
    sample.chosen.push_back({.index = i, .times = sample.all ? 1 : times, .certain = certain});
  }
  return sample;
}

UnsignedWide sample_number(std::string_view statement) {
  const auto digest = sha256(as_bytes("braid sample 1\n" + std::string(statement)));
  UnsignedWide number = 0;
  for (std::size_t i = 0; i < 16; ++i)
    number = number << 8 | std::to_integer<std::uint8_t>(digest.bytes[i]);
  return number;
}

}  // namespace braid::projections
