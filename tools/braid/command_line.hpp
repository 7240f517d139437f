#pragma once
#include <string>
#include <vector>

namespace braid::cli {

/// Reads the words behind "braid", runs the subcommand that they name, and turns what goes wrong
/// into a sentence on standard error and an exit code (`Exit`).
int run_command_line(std::vector<std::string> words);

}  // namespace braid::cli
