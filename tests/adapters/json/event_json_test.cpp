#include "adapters/json/event_json.hpp"

#include <catch2/catch.hpp>

#include "events/event.hpp"

using namespace braid;
using namespace braid::json;

namespace {

constexpr std::string_view strand_agreed = R"json({
  "id": "0192f3c1-7a00-7000-8000-000000000001",
  "publisher": "QWE", "officer": "c.lind", "place": "bristol", "effective": "2026-04-01", "authority": "minute 12",
  "body": {"strandAgreed": {
    "budget": "0192f3c1-7a00-7000-8000-000000000002",
    "strand": {"organisation": "QWE", "sector": "health", "fund": "CHC"},
    "rate": {"pence": 36250, "period": "weekly"},
    "pence": 1885000, "adultPays": 0, "bodyPays": 1885000, "chargeable": false,
    "years": [{"year": 2026, "pence": 1885000}]}}})json";

std::string with(std::string_view from, std::string_view to) {
  std::string line(strand_agreed);
  return line.replace(line.find(from), from.size(), to);
}

}  // namespace

TEST_CASE(
    "an event written by hand becomes canonical bytes in which every field is what the line says") {
  const auto bytes = EventJson().decode(strand_agreed);
  REQUIRE(bytes.has_value());
  const EventReader reader(*bytes);
  CHECK(reader.get().getPublisher() == "QWE");
  const auto agreed = reader.get().getBody().getStrandAgreed();
  CHECK(agreed.getStrand().getSector() == schema::Sector::HEALTH);
  CHECK(agreed.getBodyPays() == 1885000);
  CHECK(agreed.getYears()[0].getYear() == 2026);
}

TEST_CASE("blanks, the order of members and escapes do not change an event's bytes") {
  const EventJson json;
  const auto bytes = json.decode(strand_agreed);
  CHECK(json.decode(with("\"adultPays\": 0, \"bodyPays\": 1885000",
                         "\"bodyPays\":1885000 ,\t\"adultPays\":0")) == bytes);
  CHECK(json.decode(with("\"CHC\"", "\"\\u0043HC\"")) == bytes);
  CHECK(json.decode(json.encode(EventReader(*bytes).get())) == bytes);
}

TEST_CASE("a mistake in an event is told with its place") {
  const EventJson json;
  CHECK(json.decode(with("\"health\"", "\"helth\"")).error().sentence() ==
        "body.strandAgreed.strand.sector, byte 297: found \"helth\"; expected one of none, health, "
        "socialCare, education, "
        "housing, voluntary, person; write \"health\"");
  CHECK(json.decode(with("\"pence\": 36250", "\"pence\": 362.50")).error().sentence() ==
        "body.strandAgreed.rate.pence, byte 345: found 362.50; expected a whole number of pence; "
        "amounts are whole pence: "
        "write 36250");
  CHECK(json.decode(with("\"strandAgreed\"", "\"strandsAgreed\"")).error().remedy ==
        "write \"strandAgreed\", or leave it out");
}
