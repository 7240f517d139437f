#include "events/date.hpp"
#include "events/form/kinds.hpp"
#include "events/form/shared.hpp"

namespace braid::form {
namespace {

constexpr std::uint32_t max_partitions = 1024;

const auto itself = [](auto value) { return value; };

}  // namespace

void check(Form& form, Body<schema::LedgerFounded> event) {
  form.expect(event.getPartitions() >= 1 && event.getPartitions() <= max_partitions, "partitions",
              "A ledger has 1 to 1024 partitions.");
  check_key(form, event.getOperatorKey(), "operatorKey");
}

void check(Form&, Body<schema::OrganisationRegistered>) {}

void check(Form& form, Body<schema::OrganisationSucceeded> event) {
  const auto predecessors = event.getPredecessors();
  const auto successors = event.getSuccessors();
  check_some(form, predecessors, "predecessors");
  check_distinct(form, predecessors, "predecessors", {}, itself);
  check_some(form, successors, "successors");
  check_distinct(form, successors, "successors", "organisation",
                 [](auto share) { return share.getOrganisation(); });
  for (unsigned i = 0; i < successors.size(); ++i) {
    for (const auto predecessor : predecessors) {
      form.expect(successors[i].getOrganisation() != predecessor, {"successors", i, "organisation"},
                  "An organisation that is abolished does not succeed itself.");
    }
  }
  check_shares(form, successors, "successors",
               [](auto share) { return share.getPartsPerMillion(); });
}

void check(Form&, Body<schema::OfficerAppointed>) {}
void check(Form&, Body<schema::OfficerEnded>) {}

void check(Form& form, Body<schema::DelegationSet> event) {
  const auto sectors = event.getSectors();
  form.expect(event.getPower() != schema::Power::NONE, "power", "Say which power is delegated.");
  check_some(form, sectors, "sectors");
  for (unsigned i = 0; i < sectors.size(); ++i) {
    form.expect(sectors[i] != schema::Sector::NONE, {"sectors", i}, "Say which sector.");
  }
  check_distinct(form, sectors, "sectors", {}, itself);
  if (!Date{event.getTo()}.is_none()) check_period(form, event.getFrom(), event.getTo());
}

void check(Form& form, Body<schema::SigningKeyAdded> event) {
  check_key(form, event.getKey(), "key");
}
void check(Form& form, Body<schema::SigningKeyRevoked> event) {
  check_key(form, event.getKey(), "key");
}

void check(Form& form, Body<schema::OwnKeyLimitSet> event) {
  form.expect(event.getPower() != schema::Power::NONE, "power", "Say for which power.");
}

void check(Form& form, Body<schema::RuleBookAdopted> event) {
  form.expect(event.getVersion() != 0, "version", "Rule books are numbered from 1.");
  check_distinct(form, event.getSwitchedOn(), "switchedOn", {}, itself);
}

void check(Form&, Body<schema::PeriodClosed>) {}

void check(Form& form, Body<schema::FundRegistered> event) {
  form.expect(
      event.getSector() != schema::Sector::NONE && event.getSector() != schema::Sector::PERSON,
      "sector",
      "A fund belongs to a body's sector: health, socialCare, education, housing or voluntary.");
}

}  // namespace braid::form
