#include "tools/braid/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace braid::cli {

Progress::Progress(std::string what, std::string unit)
    : what_(std::move(what)),
      unit_(std::move(unit)),
      on_terminal_(::isatty(STDERR_FILENO) != 0),
      begun_(Clock::now()),
      shown_(begun_) {}

Progress::~Progress() {
  if (on_terminal_ && shown_ != begun_) fmt::print(stderr, "\r\x1b[K");
}

void Progress::show(std::uint64_t done, std::uint64_t whole) {
  const auto now = Clock::now();
  if (!on_terminal_ || now - shown_ < std::chrono::milliseconds(200)) return;
  shown_ = now;
  const auto of = whole == 0 ? std::string() : " of " + grouped(whole);
  fmt::print(stderr, "\r\x1b[K{}: {}{} {}, {}", what_, grouped(done), of, unit_,
             rate(done, now - begun_));
  std::fflush(stderr);
}

std::string grouped(std::uint64_t number) {
  auto digits = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  return digits;
}

std::string rate(std::uint64_t count, std::chrono::duration<double> time) {
  if (time.count() <= 0) return "";
  return grouped(static_cast<std::uint64_t>(static_cast<double>(count) / time.count())) + "/s";
}

}  // namespace braid::cli
