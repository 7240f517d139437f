#include "projections/packages.hpp"

#include <algorithm>

#include "projections/subject.hpp"

namespace braid::projections {

PackageTables::PackageTables(const RowReader& store, TableSet& set)
    : health(store),
      social_care(store),
      education(store),
      joint(store),
      plans(store),
      budgets(store),
      orders(store),
      requests(store),
      contributions(store) {
  set.add(health);
  set.add(social_care);
  set.add(education);
  set.add(joint);
  set.add(plans);
  set.add(budgets);
  set.add(orders);
  set.add(requests);
  set.add(contributions);
}

JointBudgetRow* PackageTables::joint_of(const Uuid& budget) {
  const auto* known = budgets.find({budget});
  return known == nullptr ? nullptr : joint.change_existing({known->person, budget});
}

JointStrand* strand_of(JointBudgetRow& joint, const Strand& strand) {
  const auto found = std::ranges::find(joint.strands, strand, &JointStrand::strand);
  return found == joint.strands.end() ? nullptr : &*found;
}

namespace {

/// The last entry that touched a budget, and how many flags it carried.
void mark(PackageTables& tables, const Record& record) {
  auto* joint = tables.joint_of(subject_of(record.event));
  if (joint == nullptr) return;
  const auto flags = record.entry.getAccepted().getFlags().size();
  joint->flags += flags;
  joint->last_sequence = record.sequence();
  for (const auto& strand : joint->strands)
    change_sector_row(tables, joint->budget, strand.strand, [&](auto& row) {
      row.flags += flags;
      row.last_sequence = record.sequence();
    });
}

void fold_entry(PackageTables& tables, const Record& record) {
  if (!record.is_accepted()) return;
  fold_body(tables, record);
  take_postings(tables, record);
  mark(tables, record);
}

/// Only for TableFold: `fold_entry` must be found beside a type of its own.
struct Packages : PackageTables {
  using PackageTables::PackageTables;
};

}  // namespace

const Projection packages_projection = {"packages", 2, TableFold<Packages>::start};

}  // namespace braid::projections
