#include "events/form/kinds.hpp"
#include "events/form/shared.hpp"

namespace braid::form {

void check(Form& form, Body<schema::OutcomeReported> event) {
  form.expect(event.getOutcome() != 0, "outcome",
              "Outcomes are numbered from 1: give the plan's number.");
}

void check(Form&, Body<schema::ActionOwned>) {}
void check(Form&, Body<schema::ActionDone>) {}

}  // namespace braid::form
