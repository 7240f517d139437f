#pragma once
#include <functional>

#include "events/event.hpp"

namespace braid::test {

/// One event of this kind that has form: the same bytes at every call and for ever, for
/// tests/golden keeps them. `change` spoils or varies it before it is encoded.
OwnedBytes specimen(Kind kind, const std::function<void(schema::Event::Builder)>& change = {});

/// The UUIDv7 that specimens use as their `number`th identifier.
Uuid specimen_id(std::uint16_t number);

/// Parts of specimens, for those who vary them.
void fill(schema::Strand::Builder strand, const char* organisation, schema::Sector sector,
          const char* fund);
void fill(schema::Sealed::Builder sealed);
void fill_token(schema::PersonToken::Builder token, std::uint8_t number);
void fill_amounts(capnp::List<schema::StrandAmount>::Builder amounts);  ///< of two members

}  // namespace braid::test
