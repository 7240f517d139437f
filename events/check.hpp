#pragma once
#include <source_location>

namespace braid {

/// Stops the program when the program itself is wrong. On in every build. `why` says why `holds`
/// must be true; never use it for what the world may do (bad input, full disk): those have answers.
[[noreturn]] void check_failed(const char* why, std::source_location where) noexcept;

inline void check(bool holds, const char* why,
                  std::source_location where = std::source_location::current()) noexcept {
  if (!holds) [[unlikely]] check_failed(why, where);
}

}  // namespace braid
