#include "tests/support/repository_root.hpp"

namespace braid::test {

std::filesystem::path repository_root() { return BRAID_SOURCE_DIR; }

}  // namespace braid::test
