#include <map>
#include <tuple>

#include "projections/reports/rows.hpp"

namespace braid::projections {
namespace {

using StrandKey = std::tuple<std::string, schema::Sector, std::string>;

}  // namespace

Report trial_balance(const ViewsSnapshot& views, const ReportQuestion& question) {
  Report report{.name = "trial-balance",
                .title = "Trial balance: every strand's accounts, which sum to zero",
                .columns = {words("organisation"), words("sector"), words("fund"), words("account"),
                            money("debit"), money("credit")},
                .rows = {},
                .remarks = {}};
  std::map<StrandKey, std::map<schema::Account, std::int64_t>> strands;
  for_each_row<TrialBalanceRow>(views, [&](const TrialBalanceRow& row) {
    if (asks_about(question, row.organisation))
      strands[{row.organisation, row.sector, row.fund}][row.account] += row.pence;
  });
  for (const auto& [strand, accounts] : strands) {
    const auto& [organisation, sector, fund] = strand;
    std::int64_t sum = 0;
    for (const auto& [account, balance] : accounts) {
      sum += balance;
      report.rows.push_back({text(organisation), text(word(sector)), text(fund),
                             text(word(account)), pence(balance > 0 ? balance : 0),
                             pence(balance < 0 ? -balance : 0)});
    }
    if (sum != 0)
      report.remarks.push_back("The strand " + organisation + " " + word(sector) + " " + fund +
                               " is out of balance by " + format_pounds(sum) +
                               ": this ledger's records are damaged. Run `braid verify`.");
  }
  if (report.remarks.empty())
    report.remarks.push_back(counted(strands.size(), "strand sums", "strands, and each sums") +
                             " to zero.");
  return report;
}

}  // namespace braid::projections
