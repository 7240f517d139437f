#pragma once
#include <stdexcept>

#include "events/submission.hpp"
#include "tests/support/small_ledger.hpp"
#include "tools/synth/event_writer.hpp"

namespace braid::test {

/// A body that says things about keys to a small ledger, each as a submission of its own, which has
/// to be accepted. Borrows the ledger.
class KeyHolder {
 public:
  KeyHolder(SmallLedger& ledger, std::string_view body, std::uint64_t seed)
      : ledger_(ledger), body_(body), writer_(seed) {}

  /// Registers a key of `body`, an officer's own where one is named.
  void add(const SecretKey& signer, std::string_view body, const PublicKey& key,
           std::string_view officer = "") {
    say(signer, [&](auto event) {
      auto added = event.initSigningKeyAdded();
      added.setOrganisation(std::string(body));
      added.setKey({reinterpret_cast<const kj::byte*>(key.bytes.data()), key.bytes.size()});
      if (!officer.empty()) added.setOfficer(std::string(officer));
    });
  }
  void revoke(const SecretKey& signer, std::string_view body, const PublicKey& key) {
    say(signer, [&](auto event) {
      auto revoked = event.initSigningKeyRevoked();
      revoked.setOrganisation(std::string(body));
      revoked.setKey({reinterpret_cast<const kj::byte*>(key.bytes.data()), key.bytes.size()});
    });
  }
  void appoint(const SecretKey& signer, std::string_view officer) {
    say(signer, [&](auto event) {
      auto appointed = event.initOfficerAppointed();
      appointed.setOfficer(std::string(officer));
      appointed.setFrom(on().days);
    });
  }
  /// `successor` takes the place of `predecessor` on a day that is past.
  void succeed(const SecretKey& signer, std::string_view predecessor, std::string_view successor) {
    say(signer, [&](auto event) {
      auto succeeded = event.initOrganisationSucceeded();
      succeeded.initPredecessors(1).set(0, std::string(predecessor));
      auto heir = succeeded.initSuccessors(1)[0];
      heir.setOrganisation(std::string(successor));
      heir.setPartsPerMillion(1'000'000);
      succeeded.setOn(on().days);
    });
  }

 private:
  static Date on() { return *Date::from_calendar(2025, 5, 1); }

  template <class Fill>
  void say(const SecretKey& signer, Fill&& fill) {
    const auto event = writer_.write(body_, "", "", on(), fill);
    const std::vector<Bytes> events = {event};
    for (const auto& receipt :
         ledger_.submit(sign_submission(SmallLedger::name, body_, signer, events)))
      if (receipt.outcome != ledger::Receipt::Outcome::accepted)
        throw std::runtime_error(receipt.findings.empty() ? "not accepted"
                                                          : receipt.findings.front().sentence);
  }

  SmallLedger& ledger_;
  std::string body_;
  synth::EventWriter writer_;
};

}  // namespace braid::test
