#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace braid::cli {

/// What is wrong with one line of a file.
struct LineProblem {
  std::string file;
  std::uint64_t line = 0;
  std::size_t column = 0;  ///< from 1; 0: the line as a whole
  std::string field;       ///< may be empty
  std::string what;
  std::string remedy;  ///< may be empty: then `what` says it
};

/// "events.ndjson:12:34: body.repaid.pence: found 12.34; ...".
std::string sentence(const LineProblem& problem);

/// Problems of one file: the first are kept, the rest counted.
class Problems {
 public:
  static constexpr std::size_t most_kept = 20;

  void add(LineProblem problem);
  [[nodiscard]] std::uint64_t count() const { return count_; }
  /// Prints those kept on standard error, and how many more there are.
  void print() const;

 private:
  std::vector<LineProblem> kept_;
  std::uint64_t count_ = 0;
};

}  // namespace braid::cli
