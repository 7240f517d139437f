#include <algorithm>
#include <array>
#include <vector>

#include "ledger/known.hpp"
#include "ledger/party.hpp"
#include "ledger/rules/on.hpp"

namespace braid::ledger {

namespace {

/// The rules that are asked of each kind, so that asking costs only an event's own.
class Index {
 public:
  Index() : by_kind_(kinds().size()) {
    for (const auto& rule : rule_book())
      if (rule.kind) by_kind_[static_cast<std::size_t>(*rule.kind)].push_back(&rule);
  }
  [[nodiscard]] const std::vector<const Rule*>& of(Kind kind) const {
    return by_kind_[static_cast<std::size_t>(kind)];
  }

 private:
  std::vector<std::vector<const Rule*>> by_kind_;
};

bool is_switched_on(const Asked& asked, std::string_view rule) {
  const auto book = asked.state.rule_book_at(asked.moment.recorded_at_us);
  return std::ranges::find(book.switched_on, rule) != book.switched_on.end();
}

/// Before a ledger has adopted a rule book it is judged by the first.
bool is_in_force(const Asked& asked, const Rule& rule) {
  const auto book = std::max<std::uint16_t>(asked.moment.rule_book, 1);
  return rule.since_book <= book && book <= rule.until_book && rule.from <= asked.judged_on() &&
         (rule.switched_on || is_switched_on(asked, rule.id));
}

/// An exception lifts a flag; what the law refuses is lifted by nobody.
bool is_lifted(const Asked& asked, const Rule& rule) {
  return rule.level == Level::flag &&
         has_exception(asked.state, rule.id, exception_subjects(asked), asked.judged_on());
}

Finding finding_of(const Rule& rule, Breach breach) {
  return {std::string(rule.id), std::move(breach.field), std::move(breach.sentence)};
}

}  // namespace

Kind kind_of_body(std::uint64_t body_type) {
  const auto event = capnp::Schema::from<schema::Event>();
  for (const auto field : event.getFieldByName("body").getType().asStruct().getUnionFields())
    if (field.getType().asStruct().getProto().getId() == body_type)
      return static_cast<Kind>(field.getProto().getDiscriminantValue());
  check(false, "every body struct is a member of Event's union");
  __builtin_unreachable();
}

tl::expected<std::vector<Finding>, Refusal> check_rules(const Asked& asked) {
  static const Index index;
  std::vector<Finding> flags;
  for (const auto* rule : index.of(asked.event.getBody().which())) {
    if (!is_in_force(asked, *rule)) continue;
    auto verdict = rule->function(asked);
    if (!verdict) continue;
    if (rule->level == Level::refuse && asked.mood == Mood::intention)
      return tl::unexpected(finding_of(*rule, std::move(*verdict)));
    if (!is_lifted(asked, *rule)) flags.push_back(finding_of(*rule, std::move(*verdict)));
  }
  return flags;
}

}  // namespace braid::ledger
