#include "tools/braid/command_line.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <set>

#include "events/faults.hpp"
#include "tools/braid/commands.hpp"

namespace braid::cli {
namespace {

int code_of(Exit exit) { return static_cast<int>(exit); }

int fail(Exit exit, std::string_view sentence) {
  say(sentence);
  return code_of(exit);
}

/// "key new" stands under "key".
CLI::App& place_of(CLI::App& root, std::string_view& name,
                   std::map<std::string, CLI::App*>& groups) {
  const auto space = name.find(' ');
  if (space == name.npos) return root;
  const std::string group(name.substr(0, space));
  name.remove_prefix(space + 1);
  auto& app = groups[group];
  if (app == nullptr) {
    app = root.add_subcommand(group, "see `braid " + group + " --help`");
    app->require_subcommand(1);
    app->fallthrough();
  }
  return *app;
}

void add(CLI::App& root, const Command& command, const Common& common, Command::Run& chosen,
         std::map<std::string, CLI::App*>& groups) {
  auto name = command.name;
  auto* app =
      place_of(root, name, groups).add_subcommand(std::string(name), std::string(command.summary));
  app->fallthrough();
  app->footer("The ledger is given by --ledger DIR or BRAID_LEDGER.\nExample:\n" +
              std::string(command.example));
  app->callback([&chosen, run = command.declare(*app, common)] { chosen = run; });
}

/// Nothing was lost on the way to whoever reads our output.
Exit flushed(Exit exit) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit;
  throw IoFault("standard output cannot be written to, so what was to be printed is incomplete");
}

int run(const Command::Run& chosen) try {
  return code_of(flushed(chosen()));
} catch (const UsageError& error) {
  return fail(Exit::usage, error.what());
} catch (const Refused& error) {
  return fail(Exit::refused, error.what());
} catch (const std::exception& error) {
  return fail(Exit::machine, error.what());
}

/// The word that should have been a subcommand, where it is none.
std::optional<std::string> unknown_command(const std::vector<std::string>& words) {
  std::set<std::string_view> names;
  for (const auto* command : commands())
    names.insert(command->name.substr(0, command->name.find(' ')));
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--ledger")
      ++i;
    else if (!words[i].starts_with('-'))
      return names.contains(words[i]) ? std::nullopt : std::optional(words[i]);
  }
  return std::nullopt;
}

}  // namespace

int run_command_line(std::vector<std::string> words) {
  CLI::App root("One shared, verified history of care money.", "braid");
  Common common;
  Command::Run chosen;
  root.add_option("--ledger", common.ledger, "the ledger's directory")->envname("BRAID_LEDGER");
  root.require_subcommand(1);
  root.failure_message(CLI::FailureMessage::simple);
  std::map<std::string, CLI::App*> groups;
  for (const auto* command : commands()) add(root, *command, common, chosen, groups);
  if (const auto word = unknown_command(words))
    return fail(Exit::usage, "there is no command \"" + *word + "\"; `braid --help` lists them");
  try {
    std::ranges::reverse(words);  // CLI11 takes them off the end
    root.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    return root.exit(error) == 0 ? code_of(Exit::done) : code_of(Exit::usage);
  }
  return run(chosen);
}

void say(std::string_view sentence) {
  std::fprintf(stderr, "braid: %.*s\n", static_cast<int>(sentence.size()), sentence.data());
}

}  // namespace braid::cli
