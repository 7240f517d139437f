// `braid serve`: the ledger's writer, for everybody on this machine who may connect to its socket.
#include <fmt/format.h>
#include <unistd.h>

#include "adapters/socket/server.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/output/cell.hpp"
#include "tools/braid/writing_ledger.hpp"

namespace braid::cli {
namespace {

struct Options {
  bool json = false;
};

void announce(const Ledger& ledger, const Options& options) {
  const auto socket = ledger.directory.socket().string();
  if (options.json) {
    fmt::print(R"({{"status":"listening","socket":{},"ledger":{},"pid":{}}})"
               "\n",
               json_text(socket), json_text(ledger.founding.name), ::getpid());
    std::fflush(stdout);
  } else {
    say(fmt::format("listening on {} for the ledger \"{}\"; Ctrl-C or SIGTERM stops", socket,
                    ledger.founding.name));
  }
}

Exit serve(const Options& options, const Common& common) {
  const auto ledger = open_ledger(common.ledger_path());
  WritingLedger writing(ledger, {});
  socket::Server server(ledger.directory.socket(),
                        [&](OwnedBytes message, socket::Server::Answering answering) {
                          writing.thread().put(
                              std::move(message),
                              [answering = std::move(answering)](const ledger::Answer& answer) {
                                answering(ledger::encode_answer(answer));
                              });
                        },
                        {.max_message_bytes = Submission::max_bytes});
  writing.thread().on_failure([&] { server.stop(); });
  announce(ledger, options);
  server.run();
  writing.thread().rethrow_failure();
  if (options.json)
    fmt::print("{}\n", R"({"status":"stopped"})");
  else
    say("stopped: all that was taken is answered");
  return Exit::done;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_flag("--json", options->json,
               "say on standard output, in JSON, when it listens and when it has stopped");
  return [options, &common] { return serve(*options, common); };
}

}  // namespace

const Command serve_command = {
    "serve", "write the ledger for others on this machine, and keep its views live",
    "  braid serve --ledger ./northshire", declare};

}  // namespace braid::cli
