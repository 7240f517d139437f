#pragma once
#include <string>
#include <vector>

#include "ledger/audit/gather_evidence.hpp"
#include "tools/braid/report_file.hpp"

namespace braid::cli {

struct Ledger;

/// The entries that give a report's rows when they are folded by themselves: those that its rows are
/// about, or where others matter too, all that there were. The report is first recomputed. Throws
/// Refused where it does not follow from the history, has no rows, or takes more entries than one
/// evidence file may hold; UsageError as `recompute`.
std::vector<ledger::EntryPlace> entries_proving(const Ledger& ledger, const ReportFile& file,
                                                std::string_view text);

/// Of evidence that carries a report, and whose entries were checked: recomputes the report from
/// them alone, and says in `checked` what came of it.
void check_report(const ledger::Evidence& evidence, ledger::EvidenceChecked& checked);

}  // namespace braid::cli
