#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "events/digest.hpp"
#include "events/wide.hpp"

namespace braid::projections {

/// A monetary-unit sample: every penny has the same chance, so a payment has one in proportion to
/// its size. Systematic selection with a random start, as auditors' guidance has it (AICPA Audit
/// Guide, Audit Sampling: monetary unit sampling; ISA (UK) 530, appendices 1 and 4). With T pence in
/// all and n selections, the pence (start + kT) / n are chosen, k = 0 ... n-1, one in each interval
/// of T / n, and with each the payment that it is part of. So a payment of p pence is chosen with
/// probability n p / T, exactly; one that is not smaller than the interval for certain, maybe
/// several times over. Amounts that are not positive hold no penny: they have no chance, and are to
/// be looked at by themselves. Where there are no more payments than selections all are chosen.
struct UnitSample {
  static constexpr std::uint64_t max_size = 100'000;

  struct Chosen {
    std::size_t index = 0;     ///< into the amounts
    std::uint64_t times = 0;   ///< selections that fell on it
    bool certain = false;      ///< whatever the start: not smaller than the interval
  };

  std::vector<Chosen> chosen;   ///< in the order of the amounts
  std::uint64_t counted = 0;    ///< amounts with a chance: the positive ones
  Wide total = 0;               ///< their pence
  Wide start = 0;               ///< 0 ... total - 1
  bool all = false;             ///< there were no more than selections
};

/// `size` is 1 to `UnitSample::max_size`; `random` any number: the start is what remains of it after
/// division by the total. Pure.
UnitSample draw_units(std::span<const std::int64_t> amounts, std::uint64_t size,
                      UnsignedWide random);

/// The number that a sample starts from: the first 16 bytes, big-endian, of SHA-256 over "braid
/// sample 1\n" and `statement`, the lines of which say the seed and the histories drawn from. Whoever
/// signed the roots did not know the seed; whoever chose the seed cannot move the roots.
UnsignedWide sample_number(std::string_view statement);

}  // namespace braid::projections
