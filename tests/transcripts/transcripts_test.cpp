#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "tests/support/repository_root.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/transcripts/run_program.hpp"
#include "tests/transcripts/transcript.hpp"

using namespace braid::test;

namespace {

std::string read_all(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Runs a transcript's commands in one empty folder. To write a transcript anew, look at what a
/// failure shows.
void play(const std::string& name) {
  const auto transcript = read_all(repository_root() / "tests/transcripts" / name);
  const braid::support::TemporaryFolder folder;
  const auto steps = steps_of(transcript);
  REQUIRE_FALSE(steps.empty());
  for (const auto& step : steps) {
    const auto ran = run_shell(step.command, folder.path());
    INFO(name << ", line " << step.line << ": " << step.command);
    CHECK(settled(ran.out + ran.err, folder.path()) == step.expected);
    CHECK(ran.exit == step.exit);
  }
}

/// What stands in the code blocks of one section of a text: a session to paste.
std::string session_in(const std::string& text, const std::string& heading) {
  const auto begin = text.find("\n" + heading + "\n");
  REQUIRE(begin != text.npos);
  const auto section = text.substr(begin, text.find("\n## ", begin + 1) - begin);
  constexpr std::string_view fence = "\n```\n";
  std::string session;
  for (std::size_t at = 0; (at = section.find(fence, at)) != section.npos;) {
    const auto end = section.find(fence, at + fence.size());
    REQUIRE(end != section.npos);
    session += section.substr(at + fence.size(), end - at - fence.size()) + "\n";
    at = end + fence.size() - 1;
  }
  return session;
}

/// Runs all steps in one shell, as somebody who pastes them does: what one exports or where it goes
/// is there for the next.
void paste(const std::vector<Step>& steps, const std::filesystem::path& folder) {
  const std::string mark = "-- end of a step: ";
  std::string script = "exec 2>&1\n";
  for (const auto& step : steps) script += step.command + "\necho \"" + mark + "$?\"\n";
  const auto out = run_shell(script, folder).out;
  std::size_t at = 0;
  for (const auto& step : steps) {
    const auto end = out.find(mark, at);
    INFO(step.command);
    REQUIRE(end != out.npos);
    CHECK(settled(out.substr(at, end - at), folder) == settled(step.expected, folder));
    at = out.find('\n', end) + 1;
  }
}

}  // namespace

TEST_CASE("A transcript's steps are commands, what they print, and how they end") {
  const auto steps =
      steps_of("# For the reader.\n$ one\n> more\nout\n\nput\n? 2\n\n# And again.\n$ two\n");
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].command == "one\nmore");
  CHECK(steps[0].expected == "out\n\nput\n");
  CHECK(steps[0].exit == 2);
  CHECK(steps[1].command == "two");
  CHECK(steps[1].expected.empty());
}

TEST_CASE("What differs from run to run is named") {
  CHECK(
      settled(
          "at 01a20421-87ec-7c2e-ae67-68fdec3cf7d5 by process 12  \nin 0.31 s, 1,200/s, /tmp/x/L\n",
          "/tmp/x") == "at <id> by process <pid>\nin <seconds>, <rate>, <dir>/L\n");
}

TEST_CASE("A ledger is founded, written and read as the transcript says") { play("submit.txt"); }
TEST_CASE("Keys and person tokens are made as the transcript says") { play("keys.txt"); }
TEST_CASE("Keys are rotated, and officers sign in person, as the transcript says") {
  play("key_rotation.txt");
}
TEST_CASE("The operator's keys turn, and the first leads to the next, as the transcript says") {
  play("operator_keys.txt");
}
TEST_CASE("What cannot be read is listed as the transcript says") { play("bad_lines.txt"); }
TEST_CASE("Spend lists are imported as the transcript says") { play("import_spend.txt"); }
TEST_CASE("The auditor's walk of the README works as pasted") {
  const auto steps =
      steps_of(session_in(read_all(repository_root() / "README.md"), "## An auditor's walk"));
  REQUIRE(steps.size() > 10);
  const braid::support::TemporaryFolder folder;
  REQUIRE(run_shell("braid demo --ledger braid-demo", folder.path()).exit == 0);
  paste(steps, folder.path());
}
TEST_CASE("Evidence is taken and checked elsewhere as the transcript says") {
  play("audit_evidence.txt");
}
TEST_CASE("A sample is drawn, and drawn again elsewhere, as the transcript says") {
  play("audit_sample.txt");
}
TEST_CASE("Two bodies compare their copies over a pool as the transcript says") {
  play("audit_reconcile.txt");
}
TEST_CASE("Postings are given to an accountant's own program as the transcript says") {
  play("audit_hledger.txt");
}
TEST_CASE("An auditor verifies and goes on from the last time as the transcript says") {
  play("audit_verify.txt");
}
TEST_CASE("What was known then, what changed since, and what a report rests on, as the transcript says") {
  play("audit_questions.txt");
}
TEST_CASE("Copies of the views as they stood are kept, asked and checked, as the transcript says") {
  play("snapshots.txt");
}
TEST_CASE("What is behind a figure, and a report taken home, as the transcript says") {
  play("audit_explain.txt");
}
TEST_CASE("A ledger is verified, and what was altered found, as the transcript says") {
  play("verify.txt");
}
TEST_CASE("Others check, cosign and refuse what a ledger shows as the transcript says") {
  play("audit.txt");
}
TEST_CASE(
    "What is no ledger, or may not be touched, is met with a sentence as the transcript says") {
  play("places.txt");
}
