#include "events/form/kinds.hpp"
#include "events/form/shared.hpp"

namespace braid::form {

void check(Form& form, Body<schema::BudgetOpened> event) {
  const auto lines = event.getLines();
  check_scheme(form, event.getScheme());
  check_some(form, lines, "lines");
  for (unsigned i = 0; i < lines.size(); ++i) {
    form.expect(lines[i].getLine() != 0, {"lines", i, "line"}, "Lines are numbered from 1.");
  }
  check_distinct(form, lines, "lines", "line", [](auto line) { return line.getLine(); });
  check_period(form, event.getFrom(), event.getTo());
}

void check(Form& form, Body<schema::StrandAgreed> event) {
  const auto years = event.getYears();
  check_some(form, years, "years");
  std::int64_t sum = 0;
  for (unsigned i = 0; i < years.size(); ++i) {
    check_year(form, years[i].getYear(), {"years", i, "year"});
    form.expect(i == 0 || years[i - 1].getYear() < years[i].getYear(), {"years", i, "year"},
                "Years stand in their order, each once.");
    sum += years[i].getPence();
  }
  form.expect(sum == event.getBodyPays(), "years", "The years sum to bodyPays to the penny.");
}

void check(Form& form, Body<schema::ContributionAssessed> event) {
  check_strands(form, event.getShares(), "shares");
}

void check(Form&, Body<schema::BudgetClosed>) {}

void check(Form& form, Body<schema::UpliftApproved> event) {
  form.expect(event.getPartsPerMillion() != 0, "partsPerMillion",
              "An uplift is at least one part in a million.");
  form.expect(event.getCount() != 0, "count", "A run has at least one member.");
}

void check(Form& form, Body<schema::UpliftApplied> event) { check_year(form, event.getYear()); }
void check(Form& form, Body<schema::AllocationSet> event) { check_year(form, event.getYear()); }
void check(Form& form, Body<schema::AllocationVaried> event) { check_year(form, event.getYear()); }

}  // namespace braid::form
