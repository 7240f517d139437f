#include "tools/synth/county.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <map>

#include "tools/synth/event_writer.hpp"

namespace braid::synth {

namespace {

struct Fund {
  std::string_view organisation;
  schema::Sector sector;
  std::string_view code;
};
constexpr Fund adult_care{County::council_code, schema::Sector::SOCIAL_CARE, "adult-care"};
constexpr Fund high_needs{County::council_code, schema::Sector::EDUCATION, "high-needs"};
constexpr Fund chc{County::icb_code, schema::Sector::HEALTH, "chc"};
constexpr std::array funds = {adult_care, high_needs, chc};

std::string_view approver_of(const Fund& fund) {
  return fund.sector == schema::Sector::EDUCATION ? "e.ducator" : "a.prover";
}

void set(schema::Strand::Builder strand, const Fund& fund) {
  strand.setOrganisation(std::string(fund.organisation));
  strand.setSector(fund.sector);
  strand.setFund(std::string(fund.code));
}

void seal(schema::Sealed::Builder sealed, Dice& dice) {
  schema::write(Uuid{dice.next(), dice.next()}, sealed.initKeyId());
  auto nonce = sealed.initNonce(24);
  auto box = sealed.initBox(40);
  for (auto& byte : nonce) byte = static_cast<kj::byte>(dice.next());
  for (auto& byte : box) byte = static_cast<kj::byte>(dice.next());
}

SecretKey key_from(std::uint64_t seed) {
  Dice dice(seed);
  std::array<std::byte, 32> bytes{};
  for (auto& byte : bytes) byte = static_cast<std::byte>(dice.next());
  return SecretKey::from_seed(Secret<32>(bytes));
}

/// A package of care from two or three funders, once it is live.
struct Package {
  std::array<std::uint64_t, 4> person{};
  Uuid plan;
  Uuid budget;
  Uuid account;
  Uuid order;
  Uuid supplier;
  std::vector<const Fund*> strands;
  std::int64_t weekly = 0;        ///< of each strand's direct payment
  std::int64_t held = 0;
};

}  // namespace

class County::Impl {
 public:
  explicit Impl(Options options)
      : options_(std::move(options)), writer_(options_.seed), today_(*Date::from_calendar(2025, 4, 1)) {
    keys_.emplace(operator_code, key_from(options_.seed * 3 + 1));
    keys_.emplace(council_code, key_from(options_.seed * 3 + 2));
    keys_.emplace(icb_code, key_from(options_.seed * 3 + 3));
    start_place();
  }

  [[nodiscard]] const SecretKey& key_of(std::string_view organisation) const { return keys_.at(organisation); }
  std::vector<Batch> registry(std::string_view ledger_name, std::uint32_t partitions);

  Batch next(std::size_t max_events) {
    while (waiting_.empty()) live_on();
    Batch batch{.publisher = waiting_.front().publisher, .events = {}};
    while (!waiting_.empty() && waiting_.front().publisher == batch.publisher && batch.events.size() < max_events) {
      batch.events.push_back(std::move(waiting_.front().event));
      waiting_.pop_front();
    }
    return batch;
  }

 private:
  struct Waiting {
    std::string publisher;
    OwnedBytes event;
  };

  template <class Fill>
  void publish(std::string_view publisher, std::string_view officer, Fill&& fill) {
    waiting_.push_back({std::string(publisher),
                        writer_.write(publisher, officer, options_.place, today_, std::forward<Fill>(fill))});
  }

  void start_place();
  void start_pool();
  void live_on();
  void open_packages();
  Package new_package();
  void propose(const Package& package);
  void approve(const Package& package, std::string_view organisation);
  void open_budget(const Package& package);
  void agree_strands(const Package& package, std::string_view organisation);
  void equip(const Package& package);
  void pay_week();
  void pay_supplier(const Package& package);
  void spend_from_account(Package& package);
  void spend_from_pool();
  void write_plan(schema::PlanProposed::Builder plan, const Package& package);

  Options options_;
  EventWriter writer_;
  std::map<std::string_view, SecretKey> keys_;
  std::deque<Waiting> waiting_;
  std::vector<Package> packages_;
  std::vector<Uuid> suppliers_;
  std::size_t next_package_ = 0;
  Date today_;
  Uuid pool_;
  Uuid scheme_;
};

std::vector<Batch> County::Impl::registry(std::string_view ledger_name, std::uint32_t partitions) {
  EventWriter writer(options_.seed + 77);
  const Date from = *Date::from_calendar(2020, 4, 1);
  Batch operators{.publisher = std::string(operator_code), .events = {}};
  const auto add = [&](Batch& batch, std::string_view publisher, auto&& fill) {
    batch.events.push_back(writer.write(publisher, "", "", from, fill));
  };
  const auto set_key = [&](auto data, std::string_view organisation) {
    const auto key = keys_.at(organisation).public_key();
    std::ranges::copy(std::span(reinterpret_cast<const kj::byte*>(key.bytes.data()), key.bytes.size()), data.begin());
  };
  add(operators, operator_code, [&](auto body) {
    auto founded = body.initLedgerFounded();
    founded.setName(std::string(ledger_name));
    founded.setPartitions(partitions);
    set_key(founded.initOperatorKey(32), operator_code);
  });
  const std::array<std::tuple<std::string_view, std::string_view, schema::OrganisationKind>, 3> organisations = {{
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
      {"e.ducator", schema::Power::APPROVE},   // the education strand is approved by another officer
      {"b.roker", schema::Power::BROKER},
      {"p.ayer", schema::Power::PAY},
      {"p.ooler", schema::Power::POOL},
      {"s.igner", schema::Power::SIGN},
  }};
  for (const auto code : {council_code, icb_code}) {
    Batch own{.publisher = std::string(code), .events = {}};
    std::string_view last;
    for (const auto& [officer, power] : officers) {
      if (officer != std::exchange(last, officer)) add(own, code, [&, officer = officer](auto body) {
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
    publish(code, "s.igner", [&](auto body) { schema::write(pool_, body.initPartnerSigned().initAct()); });
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

/// Packages open, a panel's worth at a time, until everybody has one; then, and between, money moves.
void County::Impl::live_on() {
  if (packages_.size() < options_.people) open_packages();
  for (std::size_t week = 0; week < std::max<std::size_t>(1, options_.panel / 8); ++week) pay_week();
}

namespace {

constexpr std::int64_t yearly = 52 * 1'000'00;   // of each strand of every package

void set(schema::PersonToken::Builder person, const Package& package) {
  person.setA(package.person[0]);
  person.setB(package.person[1]);
  person.setC(package.person[2]);
  person.setD(package.person[3]);
}

}  // namespace

Package County::Impl::new_package() {
  auto& dice = writer_.dice();
  Package package;
  for (auto& word : package.person) word = dice.next() | 1;
  package.plan = writer_.new_id();
  package.budget = writer_.new_id();
  package.account = writer_.new_id();
  package.order = writer_.new_id();
  package.supplier = suppliers_[dice.below(suppliers_.size())];
  package.strands = {&adult_care, &chc};
  if (dice.one_in(4)) package.strands.push_back(&high_needs);
  package.weekly = static_cast<std::int64_t>(80'00 + dice.below(300'00));
  return package;
}

/// What the two bodies' officers do in turn for the people of one panel.
void County::Impl::open_packages() {
  std::vector<Package> panel;
  while (panel.size() < options_.panel && packages_.size() + panel.size() < options_.people) panel.push_back(new_package());
  for (const auto& package : panel) propose(package);
  for (const auto organisation : {council_code, icb_code})
    for (const auto& package : panel) approve(package, organisation);
  for (const auto& package : panel) open_budget(package);
  for (const auto organisation : {council_code, icb_code})
    for (const auto& package : panel) agree_strands(package, organisation);
  for (const auto& package : panel) equip(package);
  std::ranges::move(panel, std::back_inserter(packages_));
}

void County::Impl::write_plan(schema::PlanProposed::Builder plan, const Package& package) {
  schema::write(package.plan, plan.initPlan());
  set(plan.initPerson(), package);
  seal(plan.initNeeds(), writer_.dice());
  auto outcome = plan.initOutcomes(1)[0];
  outcome.setNumber(1);
  outcome.setWellbeing("b");
  seal(outcome.initWords(), writer_.dice());
  auto lines = plan.initLines(static_cast<unsigned>(package.strands.size()));
  for (unsigned i = 0; i < lines.size(); ++i) {
    lines[i].setNumber(static_cast<std::uint16_t>(i + 1));
    lines[i].setOutcome(1);
    lines[i].setCategory(i == 0 ? schema::Category::HOME_CARE : schema::Category::WAGES);
    set(lines[i].initStrand(), *package.strands[i]);
    auto rate = lines[i].initRate();
    rate.setPence(yearly / 52);
    rate.setPeriod(schema::Period::WEEKLY);
    lines[i].setPence(yearly);
  }
  plan.setFrom(today_.days);
  plan.setTo(add_months(today_, 12).days);
  plan.setRisksAgreed(true);
}

void County::Impl::propose(const Package& package) {
  auto& dice = writer_.dice();
  publish(council_code, "", [&](auto body) {
    auto linked = body.initPersonLinked();
    set(linked.initPerson(), package);
    seal(linked.initIdentity(), dice);
  });
  publish(council_code, "", [&](auto body) {
    auto consent = body.initConsentGiven();
    set(consent.initPerson(), package);
    consent.setPurpose(schema::ConsentPurpose::DIRECT_PAYMENT);
    consent.setCapacity(true);
  });
  publish(council_code, "p.poser", [&](auto body) { write_plan(body.initPlanProposed(), package); });
  publish(council_code, "", [&](auto body) {
    auto signed_off = body.initPlanSignedOff();
    schema::write(package.plan, signed_off.initPlan());
    auto evidence = signed_off.initEvidence();
    evidence.setA(dice.next());
    evidence.setB(dice.next());
    evidence.setC(dice.next());
    evidence.setD(dice.next());
  });
  publish(council_code, "p.poser", [&](auto body) {
    auto asked = body.initApprovalRequested();
    schema::write(package.plan, asked.initSubject());
    auto amounts = asked.initAmounts(static_cast<unsigned>(package.strands.size()));
    for (unsigned i = 0; i < amounts.size(); ++i) {
      set(amounts[i].initStrand(), *package.strands[i]);
      amounts[i].setPence(yearly);
    }
  });
}

void County::Impl::approve(const Package& package, std::string_view organisation) {
  const auto give = [&](std::string_view officer, const Fund& fund) {
    publish(fund.organisation, officer, [&](auto body) {
      auto given = body.initApprovalGiven();
      schema::write(package.plan, given.initSubject());
      auto amount = given.initAmounts(1)[0];
      set(amount.initStrand(), fund);
      amount.setPence(yearly);
      seal(given.initReasons(), writer_.dice());
      seal(given.initAlternatives(), writer_.dice());
      given.setInterestsDeclared(true);
    });
  };
  if (organisation == council_code && writer_.dice().one_in(20))
    give("p.poser", adult_care);   // refused: nobody approves their own proposal
  for (const auto* fund : package.strands)
    if (fund->organisation == organisation) give(approver_of(*fund), *fund);
}

void County::Impl::open_budget(const Package& package) {
  publish(council_code, "p.poser", [&](auto body) {
    auto opened = body.initBudgetOpened();
    schema::write(package.budget, opened.initBudget());
    set(opened.initPerson(), package);
    schema::write(package.plan, opened.initPlan());
    opened.setScheme(schema::Scheme::JOINT_FUNDED);
    opened.setLeadPayer(std::string(council_code));
    auto lines = opened.initLines(static_cast<unsigned>(package.strands.size()));
    for (unsigned i = 0; i < lines.size(); ++i) {
      lines[i].setLine(static_cast<std::uint16_t>(i + 1));
      lines[i].setMethod(i == 0 ? schema::Method::NOTIONAL : schema::Method::DIRECT_PAYMENT);
    }
    opened.setFrom(today_.days);
    opened.setTo(add_months(today_, 12).days);
  });
}

void County::Impl::agree_strands(const Package& package, std::string_view organisation) {
  for (const auto* fund : package.strands) {
    if (fund->organisation != organisation) continue;
    publish(fund->organisation, approver_of(*fund), [&](auto body) {
      auto agreed = body.initStrandAgreed();
      schema::write(package.budget, agreed.initBudget());
      set(agreed.initStrand(), *fund);
      auto rate = agreed.initRate();
      rate.setPence(yearly / 52);
      rate.setPeriod(schema::Period::WEEKLY);
      agreed.setPence(yearly);
      agreed.setBodyPays(yearly);
      auto year = agreed.initYears(1)[0];
      year.setYear(static_cast<std::uint16_t>(financial_year(today_)));
      year.setPence(yearly);
    });
  }
}

void County::Impl::equip(const Package& package) {
  publish(council_code, "p.ayer", [&](auto body) {
    auto account = body.initAccountApproved();
    schema::write(package.account, account.initAccount());
    schema::write(package.budget, account.initBudget());
    account.setAuditable(true);
    seal(account.initDetails(), writer_.dice());
  });
  publish(council_code, "b.roker", [&](auto body) {
    auto order = body.initOrderPlaced();
    schema::write(package.order, order.initOrder());
    schema::write(package.budget, order.initBudget());
    schema::write(package.supplier, order.initSupplier());
    order.setCategory(schema::Category::HOME_CARE);
    order.setLine(1);
    auto amount = order.initAmounts(1)[0];
    set(amount.initStrand(), adult_care);
    amount.setPence(40'000'00);
    order.setFrom(today_.days);
    order.setTo(add_months(today_, 12).days);
  });
}

void County::Impl::pay_week() {
  for (int i = 0; i < 8; ++i) {
    auto& package = packages_[next_package_++ % packages_.size()];
    pay_supplier(package);
    spend_from_account(package);
  }
  spend_from_pool();
  if (next_package_ % (packages_.size() + 1) == 0) today_ = add_days(today_, 7);
}

void County::Impl::pay_supplier(const Package& package) {
  const auto invoice = writer_.new_id();
  const auto payment = writer_.new_id();
  const auto pence = static_cast<std::int64_t>(10'00 + writer_.dice().below(200'00));
  publish(council_code, "", [&](auto body) {
    auto received = body.initInvoiceReceived();
    schema::write(invoice, received.initInvoice());
    schema::write(package.order, received.initOrder());
    schema::write(package.supplier, received.initSupplier());
    auto reference = received.initReference();
    reference.setA(writer_.dice().next());
    reference.setB(1);
    received.setNet(pence);
    auto amount = received.initAmounts(1)[0];
    set(amount.initStrand(), adult_care);
    amount.setPence(pence);
    received.setFrom(today_.days);
    received.setTo(today_.days + 6);
  });
  const auto pay = [&](auto body) {
    auto instructed = body.initPaymentInstructed();
    schema::write(writer_.new_id(), instructed.initPayment());
    schema::write(package.budget, instructed.initBudget());
    schema::write(invoice, instructed.initInvoice());
    auto amount = instructed.initAmounts(1)[0];
    set(amount.initStrand(), adult_care);
    amount.setPence(pence);
    instructed.setDue(today_.days + 28);
  };
  publish(council_code, "p.ayer", pay);
  if (writer_.dice().one_in(50)) publish(council_code, "p.ayer", pay);   // refused: exceeds the invoice
  publish(council_code, "", [&](auto body) {
    auto settled = body.initPaymentSettled();
    schema::write(payment, settled.initPayment());
    schema::write(package.budget, settled.initBudget());
    schema::write(invoice, settled.initInvoice());
    auto amount = settled.initAmounts(1)[0];
    set(amount.initStrand(), adult_care);
    amount.setPence(pence);
    settled.setOn(today_.days);
  });
}

void County::Impl::spend_from_account(Package& package) {
  if (package.held < package.weekly) {
    publish(council_code, "", [&](auto body) {
      auto credited = body.initAccountCredited();
      schema::write(writer_.new_id(), credited.initPayment());
      schema::write(package.account, credited.initAccount());
      schema::write(package.budget, credited.initBudget());
      auto amounts = credited.initAmounts(static_cast<unsigned>(package.strands.size() - 1));
      for (unsigned i = 0; i < amounts.size(); ++i) {
        set(amounts[i].initStrand(), *package.strands[i + 1]);
        amounts[i].setPence(4 * package.weekly);
        package.held += 4 * package.weekly;
      }
      credited.setOn(today_.days);
    });
  }
  for (int i = 0; i < 3; ++i) {
    const auto pence = package.weekly / 3;
    package.held -= pence;
    publish(council_code, "", [&](auto body) {
      auto reported = body.initTransactionReported();
      schema::write(package.account, reported.initAccount());
      schema::write(package.budget, reported.initBudget());
      reported.setLine(writer_.dice().one_in(100) ? 0 : 2);   // now and then on nothing that the plan names: flagged
      reported.setCategory(schema::Category::WAGES);
      reported.setPence(pence);
      seal(reported.initPayee(), writer_.dice());
      reported.setOn(today_.days);
    });
  }
}

void County::Impl::spend_from_pool() {
  publish(council_code, "p.ooler", [&](auto body) {
    auto spent = body.initPoolSpent();
    schema::write(pool_, spent.initPool());
    schema::write(scheme_, spent.initScheme());
    spent.setFunction("reablement");
    spent.setPence(static_cast<std::int64_t>(100'00 + writer_.dice().below(900'00)));
    spent.setOn(today_.days);
  });
}

County::County(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}
County::~County() = default;
const SecretKey& County::key_of(std::string_view organisation) const { return impl_->key_of(organisation); }
std::vector<Batch> County::registry(std::string_view ledger_name, std::uint32_t partitions) const {
  return impl_->registry(ledger_name, partitions);
}
Batch County::next(std::size_t max_events) { return impl_->next(max_events); }

}  // namespace braid::synth
