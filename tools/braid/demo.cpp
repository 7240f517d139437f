// `braid demo`: a story from the founding of a ledger to its verification, through the same code as
// every other command.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "adapters/files/key_file.hpp"
#include "adapters/lmdb/durable_file.hpp"
#include "tools/braid/command_line.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/demo_tour.hpp"
#include "tools/braid/keys.hpp"
#include "tools/braid/story_teller.hpp"

namespace braid::cli {
namespace {

constexpr std::string_view operator_code = "X26";
constexpr std::string_view spend_publisher = "WMC";

/// A key for every body that the story lets publish, each in a file of its own: the operator's is
/// the one `init` made.
std::map<std::string, SecretKey> make_keys(const Ledger& ledger, std::span<const Chapter> story) {
  std::map<std::string, SecretKey> keys;
  keys.emplace(operator_code, read_signing_key(operator_key_file(ledger.directory)));
  const auto make = [&](const std::string& organisation) {
    if (keys.contains(organisation)) return;
    auto key = SecretKey::generate();
    const auto file = ledger.directory.keys() / (organisation + ".pem");
    if (const auto written = files::write_secret_key(file, key); !written)
      throw UsageError(written.error());
    keys.emplace(organisation, std::move(key));
  };
  constexpr std::string_view mark = "\"@key:";
  for (const auto& chapter : story)
    for (const auto& scene : chapter.scenes)
      for (const auto& event : scene.events) {
        const auto at = event.body.find(mark);
        if (at == std::string::npos) continue;
        const auto begin = at + mark.size();
        make(event.body.substr(begin, event.body.find('"', begin) - begin));
      }
  return keys;
}

std::vector<Stop> founding(const std::string& path) {
  return {{"One place, Westmoor, founds a ledger. The operator runs it and sees no names.",
           {"init", "--ledger", path, "--name", "westmoor", "--operator",
            std::string(operator_code), "--operator-name", "Westmoor Data Trust"}}};
}

std::vector<Stop> sights(const std::string& keys, const std::string& spend_list,
                         const StoryNames& names) {
  const auto maya = names.person("maya").hex().substr(0, 13);
  const auto maya_budget = StoryNames::id("@maya-budget").text().substr(0, 13);
  return {
      {"The council's published spending joins the same history. A list is a run: what it says it "
       "holds must arrive.",
       {"import", "spend", spend_list, "--publisher", std::string(spend_publisher), "--place", "westmoor", "--key",
        keys + "/" + std::string(spend_publisher) + ".pem"}},
      {"Health sees its strands. The CCG agreed them; the board bears them now.",
       {"view", "health", "--show",
        "budget,organisation,organisationNow,fund,scheme,method,agreed,committed,invoiced,paid,"
        "credited,decisionDays,flags"}},
      {"Social care sees its own, with the Care Act triple: cost = adult + council.",
       {"view", "social-care", "--show",
        "budget,fund,method,cost,adultPays,councilPays,agreed,committed,paid,credited,used,"
        "recovered,flags"}},
      {"Education sees the high-needs block.",
       {"view", "education", "--show",
        "budget,fund,scheme,method,provision,sectionJ,agreed,committed,paid,live,flags"}},
      {"All three are one package. Maya's joint budget on one page:",
       {"report", "joint-budget", "--subject", maya}},
      {"What each body pays of it a week:", {"report", "joint-split", "--subject", maya_budget}},
      {"The pooled fund: promised, paid, spent, and who still owes whom.",
       {"report", "pool-statement"}},
      {"What the law says must happen, by the end of June 2022:",
       {"view", "deadlines", "--on", "2022-06-30", "--show",
        "rule,subject,organisation,since,due,done,status,overdueDays"}},
      {"What internal audit asks first: refusals and flags, each with its rule.",
       {"report", "control-exceptions"}},
      {"Does every strand's money add up? It must, after every entry.",
       {"report", "trial-balance"}},
      {"Anyone with a copy can check all of it: the chain, the signatures, every judgement by the "
       "rules of its day.",
       {"verify"}},
  };
}

void show_tampering(const std::filesystem::path& ledger) {
  const AlteredCopy copy(ledger);
  const std::vector<Stop> stops = {
      {fmt::format(
           "Somebody alters one bit of entry {} in a copy of the ledger. It does not go unseen:",
           copy.entry()),
       {"verify", "--ledger", copy.path().string()},
       1}};
  tour(stops);
}

void print_what_next(const std::string& path) {
  fmt::print(
      "\n== Go on from here. The ledger is yours to play with:\n\n  export BRAID_LEDGER={}\n",
      path);
  for (const auto* line : {"braid view --list", "braid view joint_budget --format json", "braid view identities",
                           "braid report --list", "braid report allocation --on 2022-03-31",
                           "braid log --partition 0", "braid rules", "braid --help"})
    fmt::print("  {}\n", line);
}

Exit run(const Common& common) {
  const auto started = std::chrono::steady_clock::now();
  const auto place = common.place();
  if (place.kafka)
    throw UsageError("the demo makes a ledger in a directory of its own; give --ledger DIR");
  const auto path = std::filesystem::absolute(place.directory).lexically_normal();
  const auto story = read_story(demo_story());
  tour(founding(path.string()));
  const auto ledger = open_ledger(path);
  const auto keys = make_keys(ledger, story);
  const StoryNames names(read_symmetric_key(linkage_key_file(ledger.directory)), keys);
  StoryTeller(ledger, names, keys).tell(story);

  const auto spend_list = ledger.directory.keys().parent_path() / "spend-list.csv";
  lmdb::replace_file(spend_list, demo_spend_list());
  fmt::print("\n== What can be read from it now\n");
  ::setenv("BRAID_LEDGER", path.c_str(), 1);
  fmt::print("\n$ export BRAID_LEDGER={}\n", path.string());
  tour(sights(ledger.directory.keys().string(), spend_list.string(), names));
  show_tampering(path);
  print_what_next(path.string());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  fmt::print("\nAll of this took {:.1f} s.\n", took.count());
  return Exit::done;
}

Command::Run declare(CLI::App&, const Common& common) {
  return [&common] { return run(common); };
}

}  // namespace

const Command demo_command = {
    .name = "demo",
    .summary = "tells a story of two people's budgets in a new ledger, and leaves it behind",
    .example = "  braid demo --ledger ./westmoor",
    .declare = declare,
};

}  // namespace braid::cli
