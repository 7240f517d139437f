#pragma once
#include "events/native_rows.hpp"
#include "events/visit.hpp"

namespace braid::projections {

/// What an event is about, for people who look it up: its budget, else its plan, pool, run, grant
/// or the subject of a decision; nil where it names none of these.
inline Uuid subject_of(schema::Event::Reader event) {
  return visit(event.getBody(), [](auto body) -> Uuid {
    if constexpr (requires { body.getBudget(); })
      return read(body.getBudget());
    else if constexpr (requires { body.getPlan(); })
      return read(body.getPlan());
    else if constexpr (requires { body.getPool(); })
      return read(body.getPool());
    else if constexpr (requires { body.getSubject(); })
      return read(body.getSubject());
    else if constexpr (requires { body.getRun(); })
      return read(body.getRun());
    else if constexpr (requires { body.getGrant(); })
      return read(body.getGrant());
    else if constexpr (requires { body.getAct(); })
      return read(body.getAct());
    else
      return {};
  });
}

}  // namespace braid::projections
