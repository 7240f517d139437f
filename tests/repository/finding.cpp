#include "tests/repository/finding.hpp"

namespace braid::test {

std::ostream& operator<<(std::ostream& out, const Finding& finding) {
  return out << finding.path << ":" << finding.line << ": " << finding.why;
}

}  // namespace braid::test
