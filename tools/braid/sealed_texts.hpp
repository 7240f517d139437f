#pragma once
#include <functional>
#include <string>

#include "events/schema/event.capnp.h"
#include "events/sealed.hpp"

namespace braid::cli {

/// Hands over every sealed text of an event with its field, as JSON names it ("outcomes[0].words",
/// the body's fields as the event's own), in the order of the schema.
void for_each_sealed(
    schema::Event::Reader event,
    const std::function<void(const std::string& field, schema::Sealed::Reader sealed)>& take);

/// As `unseal` takes it.
SealedBox box_of(schema::Sealed::Reader sealed);

}  // namespace braid::cli
