// What stands in the register, and what a place starts with: allocations, suppliers, the pooled
// fund.
#include <algorithm>

#include "tools/synth/county_life.hpp"

namespace braid::synth {

std::vector<Batch> County::Impl::registry(std::string_view ledger_name, std::uint32_t partitions) {
  EventWriter writer(options_.seed + 77);
  const Date from = *Date::from_calendar(2020, 4, 1);
  Batch operators{.publisher = std::string(operator_code), .events = {}};
  const auto add = [&](Batch& batch, std::string_view publisher, auto&& fill) {
    batch.events.push_back(writer.write(publisher, "", "", from, fill));
  };
  const auto set_key = [&](auto data, std::string_view organisation) {
    const auto key = keys_.at(organisation).public_key();
    std::ranges::copy(
        std::span(reinterpret_cast<const kj::byte*>(key.bytes.data()), key.bytes.size()),
        data.begin());
  };
  add(operators, operator_code, [&](auto body) {
    auto founded = body.initLedgerFounded();
    founded.setName(std::string(ledger_name));
    founded.setPartitions(partitions);
    set_key(founded.initOperatorKey(32), operator_code);
  });
  const std::array<std::tuple<std::string_view, std::string_view, schema::OrganisationKind>, 3>
      organisations = {{
          {operator_code, "Ledger Operations", schema::OrganisationKind::OTHER},
          {council_code, "Northshire County Council", schema::OrganisationKind::COUNCIL},
          {icb_code, "NHS Northshire ICB", schema::OrganisationKind::ICB},
      }};
  for (const auto& [code, name, kind] : organisations)
    add(operators, operator_code, [&, code = code, name = name, kind = kind](auto body) {
      auto registered = body.initOrganisationRegistered();
      registered.setOrganisation(std::string(code));
      registered.setName(std::string(name));
      registered.setKind(kind);
      registered.setFrom(from.days);
    });
  for (const auto code : {council_code, icb_code})
    add(operators, operator_code, [&](auto body) {
      auto added = body.initSigningKeyAdded();
      added.setOrganisation(std::string(code));
      set_key(added.initKey(32), code);
    });
  add(operators, operator_code, [&](auto body) {
    auto adopted = body.initRuleBookAdopted();
    adopted.setVersion(1);
    adopted.setFrom(from.days);
  });
  std::vector<Batch> batches;
  batches.push_back(std::move(operators));
  const std::array<std::pair<std::string_view, schema::Power>, 8> officers = {{
      {"p.poser", schema::Power::PROPOSE},
      {"p.poser", schema::Power::APPROVE},
      {"a.prover", schema::Power::APPROVE},
      {"e.ducator", schema::Power::APPROVE},  // the education strand is approved by another officer
      {"b.roker", schema::Power::BROKER},
      {"p.ayer", schema::Power::PAY},
      {"p.ooler", schema::Power::POOL},
      {"s.igner", schema::Power::SIGN},
  }};
  for (const auto code : {council_code, icb_code}) {
    Batch own{.publisher = std::string(code), .events = {}};
    std::string_view last;
    for (const auto& [officer, power] : officers) {
      if (officer != std::exchange(last, officer))
        add(own, code, [&, officer = officer](auto body) {
          auto appointed = body.initOfficerAppointed();
          appointed.setOfficer(std::string(officer));
          appointed.setFrom(from.days);
        });
      add(own, code, [&, officer = officer, power = power](auto body) {
        auto delegation = body.initDelegationSet();
        delegation.setOfficer(std::string(officer));
        delegation.setPower(power);
        auto sectors = delegation.initSectors(6);
        for (unsigned i = 0; i < 6; ++i) sectors.set(i, static_cast<schema::Sector>(i + 1));
        delegation.setLimit(1'000'000'000'00);
        delegation.setFrom(from.days);
      });
    }
    for (const auto& fund : funds)
      if (fund.organisation == code)
        add(own, code, [&](auto body) {
          auto registered = body.initFundRegistered();
          registered.setFund(std::string(fund.code));
          registered.setSector(fund.sector);
        });
    batches.push_back(std::move(own));
  }
  return batches;
}

void County::Impl::start_place() {
  for (const auto& fund : funds)
    for (std::uint16_t year = 2025; year <= 2026; ++year)
      publish(fund.organisation, "p.ooler", [&](auto body) {
        auto allocated = body.initAllocationSet();
        set(allocated.initStrand(), fund);
        allocated.setYear(year);
        allocated.setPence(80'000'000'000'00);
      });
  for (int i = 0; i < 50; ++i) {
    suppliers_.push_back(writer_.new_id());
    publish(council_code, "b.roker", [&](auto body) {
      auto supplier = body.initSupplierRegistered();
      schema::write(suppliers_.back(), supplier.initSupplier());
      seal(supplier.initName(), writer_.dice());
    });
  }
  start_pool();
}

void County::Impl::start_pool() {
  pool_ = writer_.new_id();
  scheme_ = writer_.new_id();
  publish(council_code, "p.poser", [&](auto body) {
    auto agreement = body.initPoolAgreementProposed();
    schema::write(pool_, agreement.initPool());
    agreement.setName("Northshire Better Care pooled fund");
    agreement.setHost(std::string(council_code));
    agreement.setManager("p.ooler");
    auto partners = agreement.initPartners(2);
    set(partners[0].initStrand(), adult_care);
    partners[0].setPartsPerMillion(400'000);
    set(partners[1].initStrand(), chc);
    partners[1].setPartsPerMillion(600'000);
    auto items = agreement.initItems(7);
    for (unsigned i = 0; i < 7; ++i) {
      items[i].setItem(static_cast<schema::AgreementItem>(i));
      items[i].setText("As the partners agreed in writing.");
    }
    agreement.initFunctions(1).set(0, "reablement");
    agreement.setFrom(today_.days);
    agreement.setTo(add_months(today_, 48).days);
  });
  for (const auto code : {council_code, icb_code})
    publish(code, "s.igner",
            [&](auto body) { schema::write(pool_, body.initPartnerSigned().initAct()); });
  for (const auto* fund : {&adult_care, &chc})
    publish(fund->organisation, "p.ooler", [&](auto body) {
      auto paid = body.initContributionPaid();
      schema::write(pool_, paid.initPool());
      set(paid.initStrand(), *fund);
      paid.setYear(2025);
      paid.setPence(900'000'000'00);
      paid.setOn(today_.days);
    });
  publish(council_code, "p.ooler", [&](auto body) {
    auto scheme = body.initSchemeAdded();
    schema::write(pool_, scheme.initPool());
    schema::write(scheme_, scheme.initScheme());
    scheme.setFunction("reablement");
    scheme.setOwner(std::string(council_code));
    scheme.setPence(900'000'000'00);
  });
}

}  // namespace braid::synth
