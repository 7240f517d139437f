#include "events/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace braid {

void check_failed(const char* why, std::source_location where) noexcept {
  std::fprintf(stderr,
               "braid: a fault of the program, not of its input: %s (%s:%u). "
               "Stopped so that nothing false is written.\n",
               why, where.file_name(), where.line());
  std::abort();
}

}  // namespace braid
