#include "adapters/json/event_json.hpp"

#include <capnp/message.h>

#include "events/event.hpp"

namespace braid::json {

EventJson::EventJson(Sealer sealer)
    : json_(capnp::Schema::from<schema::Event>(), std::move(sealer)) {}

tl::expected<OwnedBytes, JsonProblem> EventJson::decode(std::string_view line) const {
  capnp::MallocMessageBuilder memory;
  auto event = memory.initRoot<schema::Event>();
  return json_.decode(line, event).map([&] { return canonical_bytes(event.asReader()); });
}

std::string EventJson::encode(schema::Event::Reader event) const { return json_.encode(event); }

}  // namespace braid::json
