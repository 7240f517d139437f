#include <algorithm>

#include "events/table/append_table.hpp"
#include "projections/fold.hpp"
#include "projections/schema/views.rows.hpp"

namespace braid::projections {

namespace {

/// Which entries concern a thing, as a list that is followed backwards: rows are only ever appended
/// in the order of the history, so a fold costs little and a look-up as much as it finds.
struct SubjectTables {
  Table<SubjectRow> subjects;
  AppendTable<SubjectLinkRow> links;
  Table<PersonSubjectRow> persons;
  AppendTable<PersonLinkRow> person_links;
  SubjectTables(const RowReader& store, TableSet& set)
      : subjects(store, set), links(set), persons(store, set), person_links(set) {}
};

/// The few different things that one entry concerns.
template <class Id>
class Named {
 public:
  void add(const Id& id) {
    if (id != Id{} && std::ranges::find(ids_, id) == ids_.end()) ids_.push_back(id);
  }
  [[nodiscard]] const std::vector<Id>& ids() const { return ids_; }
  void clear() { ids_.clear(); }

 private:
  std::vector<Id> ids_;
};

void name_things(Named<Uuid>& named, auto body) {
  if constexpr (requires { body.getBudget(); }) named.add(read(body.getBudget()));
  if constexpr (requires { body.getPlan(); }) named.add(read(body.getPlan()));
  if constexpr (requires { body.getPool(); }) named.add(read(body.getPool()));
  if constexpr (requires { body.getGrant(); }) named.add(read(body.getGrant()));
  if constexpr (requires { body.getOrder(); }) named.add(read(body.getOrder()));
  if constexpr (requires { body.getRecharge(); }) named.add(read(body.getRecharge()));
  if constexpr (requires { body.getSubject(); }) named.add(read(body.getSubject()));
  if constexpr (requires { body.getAct(); }) named.add(read(body.getAct()));
}

void name_persons(Named<PersonToken>& named, auto body) {
  if constexpr (requires { body.getPerson(); }) named.add(read(body.getPerson()));
  if constexpr (requires { body.getRepresentative(); }) named.add(read(body.getRepresentative()));
  if constexpr (requires { body.getAssistant(); }) named.add(read(body.getAssistant()));
}

/// Puts this entry at the end of the list of each.
template <class Heads, class Links, class Link, class Id>
void link(Heads& heads, Links& links, Link row, const Named<Id>& named, Id Link::* subject) {
  for (const auto& id : named.ids()) {
    auto& head = heads.change({id});
    row.*subject = id;
    row.previous = head.entries == 0 ? row.sequence : head.last;
    if (head.entries++ == 0) head.first = row.sequence;
    head.last = row.sequence;
    links.append(row);
  }
}

void fold_entry(SubjectTables& tables, const Record& record) {
  if (!record.is_accepted()) return;
  Named<Uuid> things;
  Named<PersonToken> persons;
  visit(record.event.getBody(), [&](auto body) {
    name_things(things, body);
    name_persons(persons, body);
  });
  for (const auto& posting : record.postings) things.add(posting.subject);
  link(tables.subjects, tables.links, SubjectLinkRow{.sequence = record.sequence()}, things,
       &SubjectLinkRow::subject);
  link(tables.persons, tables.person_links, PersonLinkRow{.sequence = record.sequence()}, persons,
       &PersonLinkRow::person);
}

}  // namespace

const Projection subject_links_projection = {"subject_links", 1, TableFold<SubjectTables>::start};

}  // namespace braid::projections
