#include "projections/subject_entries.hpp"

#include <algorithm>

#include "events/faults.hpp"
#include "events/table/table.hpp"
#include "projections/schema/views.rows.hpp"

namespace braid::projections {

namespace {

template <class HeadRow, class LinkRow, class Id>
std::vector<Sequence> follow_back(const RowReader& views, const Id& id) {
  Table<HeadRow> heads(views);
  Table<LinkRow> links(views);
  std::vector<Sequence> found;
  const auto* head = heads.find({id});
  if (head == nullptr) return found;
  for (auto at = head->last; found.size() < head->entries;) {
    const auto* link = links.find({at, id});
    if (link == nullptr) break;
    found.push_back(at);
    if (link->previous >= at) break;
    at = link->previous;
  }
  if (found.size() != head->entries || found.back() != head->first)
    throw HistoryBroken(
        "the views' list of entries about one subject is broken; build them anew with "
        "`braid project --rebuild`");
  std::ranges::reverse(found);
  return found;
}

}  // namespace

std::vector<Sequence> entries_about(const RowReader& views, const Uuid& subject) {
  return follow_back<SubjectRow, SubjectLinkRow>(views, subject);
}

std::vector<Sequence> entries_about(const RowReader& views, const PersonToken& person) {
  return follow_back<PersonSubjectRow, PersonLinkRow>(views, person);
}

}  // namespace braid::projections
