// The `braid` command.
#include "tools/braid/command_line.hpp"

int main(int count, char** words) { return braid::cli::run_command_line({words + 1, words + count}); }
