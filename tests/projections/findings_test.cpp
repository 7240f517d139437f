#include <catch2/catch.hpp>

#include "events/merkle.hpp"
#include "events/native_rows.hpp"
#include "tests/projections/folded.hpp"

namespace braid::test {

using namespace projections;

namespace {

const Finding without_notice = {"R19", "notice", "Money came back without a notice."};
const Finding own_proposal = {"R69", "officer", "Ask another officer."};

Said numbered_repayment() {
  return repaid("george", {{care, 10'00}}).numbered(id("repayment")).on("2026-05-01");
}

}  // namespace

TEST_CASE("what is flagged and what is refused stand in one list of control exceptions") {
  Folded folded;
  folded.accept(numbered_repayment().bytes(), {}, {without_notice});
  folded.refuse(approval_given("plan", {{care, 10'00}}).numbered(id("approval")).on("2026-05-01"),
                own_proposal);
  const auto rows = folded.rows<ControlExceptionRow>();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].outcome == "flagged");
  CHECK(rows[0].rule == "R19");
  CHECK(rows[0].subject == id("george"));
  CHECK(rows[1].outcome == "refused");
  CHECK(rows[1].kind == "approvalGiven");
  CHECK(rows[1].officer == "b.okafor");
}

TEST_CASE(
    "a refused event's receipt is a refusal until the event is accepted, and then stays accepted") {
  Folded folded;
  folded.refuse(numbered_repayment(), own_proposal);
  CHECK(folded.rows<ReceiptRow>().at(0).outcome == ReceiptRow::Outcome::REFUSED);
  folded.accept(numbered_repayment().bytes(), {});
  CHECK(folded.rows<ReceiptRow>().at(0).outcome == ReceiptRow::Outcome::ACCEPTED);
  folded.refuse(numbered_repayment(), own_proposal);
  CHECK(folded.rows<ReceiptRow>().at(0).outcome == ReceiptRow::Outcome::ACCEPTED);
}

TEST_CASE("a run is complete when count, total and root of its members are those announced") {
  const auto uplift =
      uplift_applied("run", "maya", care, 5'00).numbered(id("member")).on("2026-05-01");
  const auto other =
      uplift_applied("run", "maya", care, 5'00).numbered(id("another member")).on("2026-05-01");
  const auto announced =
      vary(uplift_approved("run", "a.adeyemi", 1, 5'00),
           [&](schema::Event::Body::Builder body) {
             schema::write(leaf_hash(uplift.bytes()), body.getUpliftApproved().initRoot());
           })
          .numbered(id("announcement"))
          .on("2026-05-01");
  Folded whole, foreign;
  whole.accept(announced.bytes(), {});
  CHECK_FALSE(whole.rows<RunRow>().at(0).complete);
  whole.accept(uplift.bytes(), {});
  CHECK(whole.rows<RunRow>().at(0).complete);
  foreign.accept(announced.bytes(), {}).accept(other.bytes(), {});
  CHECK(foreign.rows<RunRow>().at(0).seen_total == 5'00);
  CHECK_FALSE(foreign.rows<RunRow>().at(0).complete);
}

}  // namespace braid::test
