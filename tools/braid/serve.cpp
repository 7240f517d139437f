// `braid serve`: the ledger's writer, for everybody on this machine who may connect to its socket.
#include <fmt/format.h>
#include <unistd.h>

#include "adapters/socket/server.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/copy_mark.hpp"
#include "tools/braid/kafka_process.hpp"
#include "tools/braid/log_site.hpp"
#include "tools/braid/output/cell.hpp"
#include "tools/braid/publishing_thread.hpp"
#include "tools/braid/writing_ledger.hpp"

namespace braid::cli {
namespace {

struct Options {
  KafkaProcess::Options process = {.key = {}, .views = true};
  bool json = false;
  std::string http;
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

/// A listener on the ledger's socket: whoever is behind `takes` answers.
template <class Takes>
socket::Server listen(const Ledger& ledger, Takes& takes) {
  return socket::Server(ledger.directory.socket(),
                        [&takes](OwnedBytes message, socket::Server::Answering answering) {
                          takes.put(std::move(message),
                                    [answering = std::move(answering)](const ledger::Answer& answer) {
                                      answering(ledger::encode_answer(answer));
                                    });
                        },
                        {.max_message_bytes = Submission::max_bytes});
}

void serve_directory(const Options& options, const LedgerPlace& place) {
  const auto ledger = open_ledger(place.directory);
  require_no_copy(ledger.directory, "serve");
  WritingLedger writing(ledger, {}, options.process.key);
  auto server = listen(ledger, writing.thread());
  writing.thread().on_failure([&] { server.stop(); });
  const auto log_service = serve_log(ledger, options.http, options.process.key);
  announce(ledger, options);
  server.run();
  writing.thread().rethrow_failure();
}

void serve_topics(const Options& options, const kafka::Address& address) {
  KafkaProcess process(address, options.process);
  const auto& ledger = process.kafka().ledger();
  PublishingThread publishing(process.kafka().connection(), process.kafka().topics(),
                              ledger.founding);
  const auto log_service = serve_log(ledger, options.http, options.process.key);
  auto server = listen(ledger, publishing);
  std::thread listening([&server] { server.run(); });
  announce(ledger, options);
  const auto end = [&] {
    if (process.has_failed()) publishing.give_up();
    server.stop();
    listening.join();
  };
  try {
    process.run();
  } catch (...) {
    end();
    throw;
  }
  end();
}

Exit serve(const Options& options, const Common& common) {
  const auto place = common.place();
  if (place.kafka)
    serve_topics(options, *place.kafka);
  else
    serve_directory(options, place);
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
  options->process.declare(app);
  app.add_option("--http", options->http, LogService::option_text);
  return [options, &common] { return serve(*options, common); };
}

}  // namespace

const Command serve_command = {
    "serve", "write the ledger for others on this machine, and keep its views live",
    "  braid serve --ledger ./northshire\n"
    "  braid serve --ledger 'kafka://localhost:9092?data=./here'",
    declare};

}  // namespace braid::cli
