#include "tests/kafka/suites/dice.hpp"

#include <cstdio>
#include <cstdlib>

namespace braid::test {
namespace {

std::uint32_t chosen_seed() {
  const auto* given = std::getenv("BRAID_SEED");
  return given != nullptr ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10))
                          : std::random_device()();
}

}  // namespace

Dice::Dice(const std::string& suite) : seed_(chosen_seed()), random_(seed_) {
  report(suite, "seed " + std::to_string(seed_));
}

void report(const std::string& suite, const std::string& counted) {
  std::printf("%s: %s\n", suite.c_str(), counted.c_str());
  std::fflush(stdout);
}

}  // namespace braid::test
