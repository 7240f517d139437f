#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace braid::test {

/// One command of a transcript and what it answers.
struct Step {
  std::size_t line = 0;
  std::string command;
  std::string expected;  ///< standard output, then standard error
  int exit = 0;
};

/// A transcript is text: "# " begins a line for its reader; "$ " begins a command, ">" continues it
/// on the next line; what follows is its output; "? 2" at the end is its exit code, where it is not
/// 0. Blank lines between steps do not count.
std::vector<Step> steps_of(std::string_view transcript);

/// Output with what is another each time in its place named: <id>, <hash>, <leaf>, <base64>,
/// <time>, <seconds>, <rate>, <pid>, and <dir> for `folder`; blanks at the ends of lines gone.
std::string settled(std::string output, const std::filesystem::path& folder);

}  // namespace braid::test
