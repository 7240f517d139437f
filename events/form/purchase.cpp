#include "events/form/kinds.hpp"
#include "events/form/shared.hpp"

namespace braid::form {
namespace {

constexpr std::uint32_t minutes_of_a_week = 7 * 24 * 60;

}  // namespace

void check(Form&, Body<schema::SupplierRegistered>) {}

void check(Form& form, Body<schema::OrderPlaced> event) {
  form.expect(event.getLine() != 0, "line", "An order serves a line of the plan: give its number.");
  check_strands(form, event.getAmounts(), "amounts");
  check_period(form, event.getFrom(), event.getTo());
}

void check(Form&, Body<schema::OrderEnded>) {}

void check(Form& form, Body<schema::ServiceDelivered> event) {
  check_period(form, event.getFrom(), event.getTo());
}

void check(Form& form, Body<schema::PersonalAssistantEngaged> event) {
  form.expect(event.getWeeklyMinutes() >= 1 && event.getWeeklyMinutes() <= minutes_of_a_week,
              "weeklyMinutes", "Minutes a week, 1 to 10,080.");
  const auto costs = event.getHiddenCosts();
  for (unsigned i = 0; i < costs.size(); ++i) {
    const auto category = costs[i].getCategory();
    form.expect(
        category >= schema::Category::ON_COSTS && category <= schema::Category::REPLACEMENT_COVER,
        {"hiddenCosts", i, "category"},
        "A hidden cost of employing is one of onCosts, recruitment, payroll, insurance, training "
        "and "
        "replacementCover.");
    check_funder(form, costs[i].getCost(), costs[i].getFunder(), {"hiddenCosts", i, "funder"});
  }
  check_distinct(form, costs, "hiddenCosts", "category",
                 [](auto cost) { return cost.getCategory(); });
}

}  // namespace braid::form
