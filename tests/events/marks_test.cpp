#include "events/marks.hpp"

#include <catch2/catch.hpp>

#include "events/schema/entry.capnp.h"
#include "events/schema/event.capnp.h"

using namespace braid;

namespace {

template <class Struct>
capnp::StructSchema::Field field(const char* name) {
  return capnp::Schema::from<Struct>().getFieldByName(name);
}

}  // namespace

TEST_CASE("the marks of fields are those that the compiler gave the published schemas") {
  CHECK(is_marked(field<schema::Event>("effective"), Mark::date));
  CHECK(is_marked(field<schema::Entry>("recordedAt"), Mark::instant));
  CHECK(is_marked(field<schema::StrandAmount>("pence"), Mark::pence));
  CHECK(is_marked(field<schema::PersonLinked>("turns18"), Mark::month));
  CHECK(is_marked(field<schema::Event>("officer"), Mark::optional));
  CHECK(max_length(field<schema::Event>("officer")) == 32);
}

TEST_CASE("a field has no mark that its schema does not give it") {
  CHECK_FALSE(is_marked(field<schema::Event>("publisher"), Mark::optional));
  CHECK_FALSE(is_marked(field<schema::Event>("effective"), Mark::month));
  CHECK(max_length(field<schema::Event>("effective")) == std::nullopt);
}
