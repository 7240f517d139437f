#include <algorithm>

#include "projections/packages.hpp"

namespace braid::projections {

namespace {

/// What an entry's postings do to one strand of one subject, by account.
struct Moves {
  std::int64_t committed = 0;
  std::int64_t held = 0;
  std::int64_t spent = 0;
  std::int64_t due = 0;
  std::int64_t recovered = 0;
  std::int64_t contribution = 0;
};

Moves moves_of(const Record& record, const Posting& first) {
  Moves moves;
  for (const auto& posting : record.postings) {
    if (posting.subject != first.subject || posting.strand != first.strand) continue;
    switch (posting.account) {
      case Account::COMMITTED:
        moves.committed += posting.pence;
        break;
      case Account::HELD:
        moves.held += posting.pence;
        break;
      case Account::SPENT:
        moves.spent += posting.pence;
        break;
      case Account::DUE:
        moves.due += posting.pence;
        break;
      case Account::RECOVERED:
        moves.recovered += posting.pence;
        break;
      case Account::CONTRIBUTION:
        moves.contribution += posting.pence;
        break;
      case Account::FUNDING:
      case Account::ALLOCATION:
      case Account::ALLOCATED:
      case Account::POOL:
        break;
    }
  }
  return moves;
}

/// The pair of accounts tells what happened, whatever the kind: so a reversal, which turns every
/// sign, undoes its column.
void add(Progress& progress, const Moves& moves) {
  progress.committed += moves.committed;
  if (moves.due != 0) {
    if (moves.spent != 0) progress.recharged += moves.due;  // raised; settling moves no spending
  } else if (moves.held != 0) {
    if (moves.spent != 0)
      progress.used += moves.spent;
    else if (moves.recovered != 0)
      progress.recovered += moves.recovered;
    else
      progress.credited += moves.held;
  } else {
    progress.paid += moves.spent;
  }
}

bool seen_before(const Record& record, std::size_t index) {
  const auto& posting = record.postings[index];
  return std::ranges::any_of(record.postings.first(index), [&](const Posting& before) {
    return before.subject == posting.subject && before.strand == posting.strand;
  });
}

}  // namespace

void take_postings(PackageTables& tables, const Record& record) {
  for (std::size_t i = 0; i < record.postings.size(); ++i) {
    const auto& posting = record.postings[i];
    if (posting.subject.is_nil() || seen_before(record, i)) continue;
    auto* joint = tables.joint_of(posting.subject);
    if (joint == nullptr) continue;
    const auto moves = moves_of(record, posting);
    joint->contribution_received -= moves.contribution;
    change_progress(tables, *joint, posting.strand,
                    [&](Progress& progress) { add(progress, moves); });
  }
}

}  // namespace braid::projections
