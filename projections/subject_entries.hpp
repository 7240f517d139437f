#pragma once
#include <vector>

#include "events/entry_source.hpp"
#include "events/person_token.hpp"
#include "events/table/row_store.hpp"
#include "events/uuid.hpp"

namespace braid::projections {

/// The accepted entries of a partition that name this budget, plan, pool, grant, order or recharge,
/// or post to it, in the order of the history. Costs a look-up for each. Throws HistoryBroken where
/// the view's list does not lead back to its first entry.
std::vector<Sequence> entries_about(const RowReader& views, const Uuid& subject);
/// The same of those that name this person.
std::vector<Sequence> entries_about(const RowReader& views, const PersonToken& person);

}  // namespace braid::projections
