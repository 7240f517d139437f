#include "tools/synth/county.hpp"

#include "tools/synth/county_life.hpp"

namespace braid::synth {

namespace {

SecretKey key_from(std::uint64_t seed) {
  Dice dice(seed);
  std::array<std::byte, 32> bytes{};
  for (auto& byte : bytes) byte = static_cast<std::byte>(dice.next());
  return SecretKey::from_seed(Secret<32>(bytes));
}

}  // namespace

std::string_view approver_of(const Fund& fund) {
  return fund.sector == schema::Sector::EDUCATION ? "e.ducator" : "a.prover";
}

void set(schema::Strand::Builder strand, const Fund& fund) {
  strand.setOrganisation(std::string(fund.organisation));
  strand.setSector(fund.sector);
  strand.setFund(std::string(fund.code));
}

void set(schema::PersonToken::Builder person, const Package& package) {
  person.setA(package.person[0]);
  person.setB(package.person[1]);
  person.setC(package.person[2]);
  person.setD(package.person[3]);
}

void seal(schema::Sealed::Builder sealed, Dice& dice) {
  schema::write(Uuid{dice.next(), dice.next()}, sealed.initKeyId());
  auto nonce = sealed.initNonce(24);
  auto box = sealed.initBox(40);
  for (auto& byte : nonce) byte = static_cast<kj::byte>(dice.next());
  for (auto& byte : box) byte = static_cast<kj::byte>(dice.next());
}

County::Impl::Impl(Options options)
    : options_(std::move(options)),
      writer_(options_.seed),
      today_(*Date::from_calendar(2025, 4, 1)) {
  keys_.emplace(operator_code, key_from(options_.seed * 3 + 1));
  keys_.emplace(council_code, key_from(options_.seed * 3 + 2));
  keys_.emplace(icb_code, key_from(options_.seed * 3 + 3));
  start_place();
}

/// Packages open, a panel's worth at a time, until everybody has one; then, and between, money
/// moves.
void County::Impl::live_on() {
  if (packages_.size() < options_.people) open_packages();
  for (std::size_t week = 0; week < std::max<std::size_t>(1, options_.panel / 8); ++week)
    pay_week();
}

County::County(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}
County::~County() = default;
const SecretKey& County::key_of(std::string_view organisation) const {
  return impl_->key_of(organisation);
}
std::vector<Batch> County::registry(std::string_view ledger_name, std::uint32_t partitions) const {
  return impl_->registry(ledger_name, partitions);
}
Batch County::next(std::size_t max_events) { return impl_->next(max_events); }

}  // namespace braid::synth
