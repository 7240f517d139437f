#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "events/schema/event.capnp.h"

namespace braid {

/// A kind of event: the member of `Event.body` that is set.
using Kind = schema::Event::Body::Which;

/// The eight families of the catalogue, in its order.
enum class Family { registry, person, plan, budget, purchase, payment, pool, outcome };

/// What an event asks of the ledger. An intention that breaks the law or a limit is refused; a
/// report of what has happened is then accepted and flagged.
enum class Mood { intention, report };

/// What is known of a kind before any event of it is seen.
struct KindInfo {
  Kind kind;
  std::string_view name;   ///< as in JSON: "strandAgreed"
  std::string_view title;  ///< for people: "strand agreed"
  Family family;
  Mood mood;
};

/// Every kind, in the order of the union.
std::span<const KindInfo> kinds();
const KindInfo& info_of(Kind kind);
std::optional<Kind> kind_named(std::string_view name);

/// A body of this kind that says nothing: to ask a visitor in advance what it would do with one.
schema::Event::Body::Reader empty_body(Kind kind);

/// Whether events of this kind stand in the register rather than in a place's partition: family
/// `registry`.
inline bool is_of_register(Kind kind) { return info_of(kind).family == Family::registry; }

}  // namespace braid
