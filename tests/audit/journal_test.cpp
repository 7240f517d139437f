#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <map>

#include "events/pence.hpp"
#include "projections/journal.hpp"
#include "projections/reports/rows.hpp"
#include "tests/audit/audited_ledger.hpp"
#include "tests/audit/forgery.hpp"
#include "tests/support/temporary_folder.hpp"

namespace braid::test {
namespace {

/// What a command of the shell prints; ends the test where it fails. hledger is one of the packages
/// that tools/install brings: a machine without it has not been installed.
std::string printed_by(const std::string& command) {
  INFO(command << " (hledger is brought by tools/install)");
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text;
  for (int c = 0; (c = std::fgetc(pipe)) != EOF;) text += static_cast<char>(c);
  const int status = ::pclose(pipe);
  INFO(text);
  REQUIRE(status == 0);
  return text;
}

/// Adds every entry of the place to a journal in `file`.
void write_journal(const std::filesystem::path& file, std::uint64_t& postings) {
  std::ofstream out(file);
  projections::Journal journal(SmallLedger::name, [&](std::string_view text) { out << text; });
  std::vector<Posting> room;
  for (const auto& bytes : audited_ledger().entries(0))
    if (const auto entry = read_entry(bytes, room); entry.is_accepted()) journal.add("0", entry);
  postings = journal.postings();
}

using Balances = std::map<std::string, std::int64_t>;

/// As `hledger balance -O csv` prints them.
Balances balances_in(const std::string& csv) {
  Balances balances;
  for (std::size_t at = 0; at < csv.size();) {
    const auto end = std::min(csv.find('\n', at), csv.size());
    const auto line = csv.substr(at, end - at);
    at = end + 1;
    const auto comma = line.find("\",\"");
    if (comma == line.npos || line == "\"account\",\"balance\"") continue;
    auto amount = line.substr(comma + 3, line.size() - comma - 4);
    if (amount.starts_with("GBP ")) amount.erase(0, 4);
    const auto pence = pence_from_pounds(amount);
    INFO(line);
    REQUIRE(pence);
    balances[line.substr(1, comma - 1)] = *pence;
  }
  return balances;
}

Balances trial_balance() {
  Balances balances;
  projections::for_each_row<projections::TrialBalanceRow>(
      audited_ledger().views, [&](const projections::TrialBalanceRow& row) {
        const auto strand =
            projections::Journal::name_of({row.organisation, row.sector, row.fund});
        balances[strand + ":" + projections::word(row.account)] = row.pence;
      });
  return balances;
}

}  // namespace

TEST_CASE("hledger finds the journal of a county in balance, and the ledger's balances to the penny") {
  const support::TemporaryFolder folder;
  std::uint64_t postings = 0;
  write_journal(folder / "county.journal", postings);
  CHECK(postings > 200);
  const auto hledger = "hledger -f '" + (folder / "county.journal").string() + "' ";
  CHECK(printed_by(hledger + "check --strict").empty());
  const auto theirs = balances_in(printed_by(hledger + "balance --depth 4 --flat -E -N -O csv"));
  CHECK(theirs.size() > 10);
  CHECK(theirs == trial_balance());
}

TEST_CASE("a journal with one penny moved is refused by hledger") {
  const support::TemporaryFolder folder;
  std::uint64_t postings = 0;
  write_journal(folder / "county.journal", postings);
  const auto altered = "sed -i '0,/    GBP 1/s//    GBP 2/' '" + (folder / "county.journal").string() + "'";
  printed_by(altered);
  const auto check = "! hledger -f '" + (folder / "county.journal").string() + "' check";
  CHECK(printed_by(check).find("could not balance") != std::string::npos);
}

TEST_CASE("what is no code in an altered entry does not get into a journal") {
  auto entries = audited_ledger().entries(0);
  for (auto& bytes : entries) {
    const EntryReader reader(bytes);
    if (!reader.get().isAccepted() || reader.get().getAccepted().getPostings().size() == 0) continue;
    auto findings = findings_of(bytes);
    for (auto& posting : findings.postings) posting.strand.fund = "chc\n2021-01-01 *";
    const auto forged = with_findings(bytes, findings);
    std::vector<Posting> room;
    std::string text;
    projections::Journal journal("x", [&](std::string_view more) { text += more; });
    CHECK_THROWS_AS(journal.add("0", read_entry(forged, room)), HistoryBroken);
    CHECK(text.find("2021-01-01") == text.npos);
    return;
  }
  FAIL("no entry moves money");
}

}  // namespace braid::test
