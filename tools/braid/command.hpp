#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tools/braid/ledger_place.hpp"

namespace braid::cli {

/// How a command ends, as the shell sees it.
enum class Exit { done = 0, refused = 1, usage = 2, machine = 3 };

/// The one who typed the command must do something else: what, where, why, what to do. Ends it with
/// Exit::usage.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Something was refused or a check failed, and the sentence says all. Ends the command with
/// Exit::refused.
struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What is said before the command's own options.
struct Common {
  std::string ledger;

  /// Where the ledger is. Throws UsageError where none was named.
  [[nodiscard]] LedgerPlace place() const;
};

/// A subcommand is a row: its name ("submit", "key new"), what it does, an example that works, and
/// its options.
struct Command {
  using Run = std::function<Exit()>;

  std::string_view name;
  std::string_view summary;
  std::string_view example;
  /// Declares the options on `app` and gives what runs once they are read. `common` outlives both.
  Run (*declare)(CLI::App& app, const Common& common);
};

/// A sentence for the person at the terminal, on standard error.
void say(std::string_view sentence);

}  // namespace braid::cli
