#include <array>

#include "projections/reports/rows.hpp"

namespace braid::projections {

std::span<const ReportKind> reports() {
  static constexpr std::array all = {
      ReportKind{"joint-budget",
                 "What has become of each strand of a person's package, line by line and outcome "
                 "by outcome?",
                 "--subject: a person or budget", joint_budget},
      ReportKind{
          "joint-split",
          "What does each body pay of a package a week, and do the shares add up to its cost?",
          "--subject: a budget or person; --on: the budgets of that day", joint_split},
      ReportKind{"control-exceptions",
                 "What was refused, and what was recorded although it breaks a rule?",
                 "--subject: a budget, plan, pool, rule or body; --on: up to and with that day",
                 control_exceptions},
      ReportKind{
          "pool-statement",
          "What did the partners of a pool promise and pay, and what was spent on which scheme?",
          "--subject: a pool", pool_statement},
      ReportKind{"contribution-on-nhs",
                 "Was anyone charged for care that the NHS must pay for, and not refunded?",
                 "--subject: a budget or person", contribution_on_nhs},
      ReportKind{"allocation",
                 "Where is the year's money of each fund: agreed, ordered, spent, left?",
                 "--subject: a fund; --on: the financial year of that day", allocation},
      ReportKind{"runs", "Which runs (uplifts, spend lists) are incomplete or do not add up?",
                 "--subject: a run or body", runs},
      ReportKind{"trial-balance", "Do the postings of every strand sum to zero?",
                 "--subject: a body", trial_balance},
  };
  return all;
}

}  // namespace braid::projections
