#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "tests/support/temporary_folder.hpp"
#include "tests/transcripts/run_program.hpp"

using namespace braid::test;
using braid::support::TemporaryFolder;

namespace {

/// A founded ledger "L" whose operator may register organisations.
class Founded {
 public:
  Founded() {
    REQUIRE(run("braid init --ledger L --name processes --operator X26 --partitions 2").exit == 0);
  }

  [[nodiscard]] Ran run(const std::string& command) const {
    return run_shell(command, folder_.path());
  }
  [[nodiscard]] const std::filesystem::path& path() const { return folder_.path(); }

  /// A file of events that register organisations: codes from `first` on.
  [[nodiscard]] std::string organisations(int first, int count) const {
    const auto name = "organisations-" + std::to_string(first) + ".ndjson";
    std::ofstream out(path() / name);
    for (int i = first; i < first + count; ++i)
      out << R"({"publisher":"X26","effective":"2026-04-01",)"
          << R"("body":{"organisationRegistered":{"organisation":"A)"
          << 10000 + i << R"(","name":"Body","kind":"provider","from":"2026-04-01"}}})" << '\n';
    return name;
  }

  [[nodiscard]] Ran submit(const std::string& file, const std::string& options = "") const {
    return run("braid submit " + file + " --ledger L --key L/keys/operator.pem --assign-ids " +
               options);
  }
  [[nodiscard]] std::string verified() const {
    return run("braid verify --ledger L --format csv | cut -d, -f1,3-6,12").out;
  }

 private:
  TemporaryFolder folder_;
};

/// A `serve` that listens.
class Serving : public Running {
 public:
  explicit Serving(const Founded& ledger)
      : Running({"serve", "--ledger", "L", "--json"}, ledger.path()) {
    REQUIRE(hear().find("listening") != std::string::npos);
  }
};

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

std::vector<std::string> words_of(const std::string& csv) {
  std::vector<std::string> words;
  std::istringstream in(csv);
  for (std::string word; std::getline(in, word, ',');) words.push_back(word);
  return words;
}

/// The line of a log about this sequence.
std::string line_of(const std::string& log, const std::string& sequence) {
  const auto at = log.find("\n" + sequence + ",");
  return at == log.npos ? "" : log.substr(at + 1, log.find('\n', at + 1) - at - 1);
}

constexpr auto sound =
    "partition,whole,who,lawful,balanced,views\nregister,yes,yes,yes,yes,equal\n0,yes,yes,yes,yes,"
    "none\n"
    "1,yes,yes,yes,yes,none\n";

}  // namespace

TEST_CASE("A second writer is told which process holds the ledger") {
  const Founded ledger;
  const Serving serve(ledger);
  const auto second = ledger.run("braid serve --ledger L");
  CHECK(second.exit == 3);
  CHECK(second.err.find("process " + std::to_string(serve.pid()) +
                        " (braid serve) holds the ledger") != std::string::npos);
  CHECK(ledger.run("braid project --rebuild --ledger L").exit == 3);
}

TEST_CASE(
    "A serve takes submissions from many at once, keeps the views live, and stops cleanly when "
    "told") {
  const Founded ledger;
  Serving serve(ledger);
  std::vector<std::thread> publishers;
  std::vector<Ran> ran(4);
  for (int i = 0; i < 4; ++i) {
    const auto file = ledger.organisations(i * 100, 50);
    publishers.emplace_back([&, file, i] {
      const auto folder = ledger.path() / ("p" + std::to_string(i));
      std::filesystem::create_directory(folder);
      ran[static_cast<std::size_t>(i)] =
          run_shell("braid submit ../" + file +
                        " --ledger ../L --key ../L/keys/operator.pem --assign-ids --batch 7",
                    folder);
    });
  }
  for (auto& publisher : publishers) publisher.join();
  std::set<std::string> places;
  for (const auto& each : ran) {
    INFO(each.err);
    CHECK(each.exit == 0);
    CHECK(lines_of(each.out) == 50);
    for (std::size_t at = 0; (at = each.out.find("register/", at)) != std::string::npos; ++at)
      places.insert(each.out.substr(at, each.out.find(' ', at) - at));
  }
  CHECK(places.size() == 200);
  CHECK(ledger.run("braid project --ledger L").out.find("up to date") != std::string::npos);
  CHECK(ledger.run("braid view organisations --ledger L --format csv").out.find("A10349") !=
        std::string::npos);
  serve.signal(SIGTERM);
  CHECK(serve.hear().find("stopped") != std::string::npos);
  CHECK(serve.wait() == 0);
  CHECK(ledger.verified() == sound);
}

TEST_CASE(
    "A serve that is killed loses nothing that it gave a receipt for, and the next one goes on") {
  const Founded ledger;
  std::string receipts;
  for (int round = 0; round < 3; ++round) {
    Serving serve(ledger);
    std::thread killer([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(20 + 30 * round));
      serve.signal(SIGKILL);
    });
    const auto file = ledger.organisations(round * 2000, 2000);
    receipts += ledger.submit(file, "--batch 20 --format csv").out;
    killer.join();
    CHECK(serve.wait() == -SIGKILL);
  }
  const auto after =
      ledger.submit(ledger.organisations(9000, 1),
                    "--format csv");  // nobody listens: this one takes the writer itself
  CHECK(after.exit == 0);
  receipts += after.out;
  const auto log = ledger.run("braid log --ledger L --partition register --format csv").out;
  std::size_t told = 0;
  std::istringstream lines(receipts);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("accepted,register,")) continue;
    const auto words = words_of(line);
    CHECK(line_of(log, words.at(2)).find(",accepted," + words.at(4)) != std::string::npos);
    CHECK(line_of(log, words.at(2)).ends_with("," + words.at(3)));
    ++told;
  }
  CHECK(told > 0);
  CHECK(ledger.verified() == sound);
}

TEST_CASE("A submission that waits for nobody finds the ledger free again") {
  const Founded ledger;
  {
    const Serving serve(ledger);
  }
  CHECK(ledger.submit(ledger.organisations(0, 3)).exit == 0);
}
