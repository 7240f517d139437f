// `braid person token`: from a person's number, which nobody else may see, to what the ledger calls
// them.
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdio>

#include "events/person_token.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/keys.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {
namespace {

struct Options {
  std::string kind = "nhs";
};

/// The first line of standard input, wiped by who owns it.
struct Line {
  std::array<char, 1024> bytes{};
  std::string_view text;

  Line() {
    if (::isatty(STDIN_FILENO) != 0) std::fputs("number, then Enter: ", stderr);
    if (std::fgets(bytes.data(), bytes.size(), stdin) != nullptr) text = bytes.data();
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  }
  ~Line() { wipe(std::as_writable_bytes(std::span(bytes))); }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
};

Exit print_token(const Options& options, const Common& common) {
  const auto ledger = open_founded(common.place());
  const auto key = read_symmetric_key(linkage_key_file(ledger.directory));
  std::setvbuf(stdin, nullptr, _IONBF, 0);  // no copy of the number stays in a buffer
  const Line line;
  if (line.text.empty())
    throw UsageError("standard input: expected a line with the person's number, and there is none");
  const auto identifier = options.kind == "nhs" ? PersonIdentifier::nhs_number(line.text)
                                                : PersonIdentifier::other(options.kind, line.text);
  if (!identifier) throw UsageError("standard input: " + identifier.error());
  fmt::print("{}\n", person_token(key, *identifier).hex());
  return Exit::done;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("--kind", options->kind,
                 "whose number it is: nhs (check digit checked), or another such as upn");
  return [options, &common] { return print_token(*options, common); };
}

}  // namespace

const Command person_token_command = {
    "person token",
    "turn a person's number, read from standard input, into the token that events name",
    "  echo 943 476 5919 | braid person token --ledger ./northshire", declare};

}  // namespace braid::cli
