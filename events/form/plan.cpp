#include "events/form/kinds.hpp"
#include "events/form/shared.hpp"
#include "events/native_rows.hpp"

namespace braid::form {
namespace {

const auto number_of = [](auto member) { return member.getNumber(); };

void check_outcomes(Form& form, capnp::List<schema::Outcome>::Reader outcomes) {
  check_some(form, outcomes, "outcomes");
  for (unsigned i = 0; i < outcomes.size(); ++i) {
    form.expect(outcomes[i].getNumber() != 0, {"outcomes", i, "number"},
                "Outcomes are numbered from 1.");
    const char letter = *outcomes[i].getWellbeing().begin();
    form.expect(letter >= 'a' && letter <= 'i', {"outcomes", i, "wellbeing"},
                "Expected the letter of Care Act 2014 s.1(2), \"a\" to \"i\".");
  }
  check_distinct(form, outcomes, "outcomes", "number", number_of);
}

bool names_outcome(capnp::List<schema::Outcome>::Reader outcomes, std::uint16_t number) {
  for (const auto outcome : outcomes) {
    if (outcome.getNumber() == number) return true;
  }
  return false;
}

void check_lines(Form& form, Body<schema::PlanProposed> plan) {
  const auto lines = plan.getLines();
  check_some(form, lines, "lines");
  for (unsigned i = 0; i < lines.size(); ++i) {
    const auto line = lines[i];
    form.expect(line.getNumber() != 0, {"lines", i, "number"}, "Lines are numbered from 1.");
    form.expect(names_outcome(plan.getOutcomes(), line.getOutcome()), {"lines", i, "outcome"},
                "A line serves an outcome that the plan lists: give its number.");
    check_funder(form, line.getCost(), line.getFunder(), {"lines", i, "funder"});
  }
  check_distinct(form, lines, "lines", "number", number_of);
}

}  // namespace

void check(Form& form, Body<schema::PlanProposed> event) {
  check_outcomes(form, event.getOutcomes());
  check_lines(form, event);
  check_period(form, event.getFrom(), event.getTo());
  form.expect(schema::read(event.getReplaces()) != schema::read(event.getPlan()), "replaces",
              "A plan replaces an earlier one, not itself.");
}

void check(Form& form, Body<schema::PlanSignedOff> event) {
  form.expect(
      event.getBy() == schema::By::SELF || event.getBy() == schema::By::REPRESENTATIVE, "by",
      "A plan is signed off by the person or a representative: \"self\" or \"representative\".");
}

void check(Form& form, Body<schema::ApprovalRequested> event) {
  check_strands(form, event.getAmounts(), "amounts");
}
void check(Form& form, Body<schema::ApprovalGiven> event) {
  check_strands(form, event.getAmounts(), "amounts");
}
void check(Form&, Body<schema::ApprovalRefused>) {}
void check(Form&, Body<schema::ExceptionApproved>) {}

void check(Form& form, Body<schema::ReviewCompleted> event) {
  form.expect(event.getOn() < event.getNextDue(), "nextDue",
              "The next review is due after this one.");
}

}  // namespace braid::form
