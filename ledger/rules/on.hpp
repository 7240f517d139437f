#pragma once
#include <capnp/schema.h>

#include "events/check.hpp"
#include "events/visit.hpp"
#include "ledger/rules/rule.hpp"

namespace braid::ledger {

/// A function of a rule and the kind of event it is asked of.
struct Question {
  std::uint64_t body_type =
      0;  ///< Cap'n Proto's identifier of the body's struct; 0: asked of nothing
  Verdict (*function)(const Asked&) = nullptr;
};

/// What a rule asks of events of one kind: `on<schema::ContributionAssessed,
/// contribution_spares_nhs_money>()`.
template <class Schema, Verdict (*ask)(const Asked&, typename Schema::Reader)>
constexpr Question on() {
  return {capnp::typeId<Schema>(), [](const Asked& asked) -> Verdict {
            return visit(asked.event.getBody(), [&](auto body) -> Verdict {
              if constexpr (std::same_as<decltype(body), typename Schema::Reader>)
                return ask(asked, body);
              check(false, "a rule is asked of its own kind only");
              return holds;
            });
          }};
}

/// For rules that projections keep, or that a gate before them asks.
inline constexpr Question nothing_asked{};

/// The kind of event whose body is this struct.
Kind kind_of_body(std::uint64_t body_type);

}  // namespace braid::ledger
