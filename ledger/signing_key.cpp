#include "ledger/signing_key.hpp"

#include <algorithm>

#include "ledger/powers.hpp"
#include "ledger/refusals.hpp"

namespace braid::ledger {

namespace {

template <class... Parts>
tl::unexpected<Refusal> by_authority(std::string field, const Parts&... parts) {
  return tl::unexpected(Refusal{"authority", std::move(field), say(parts...)});
}

/// Whether an own key was given in the appointment that lasts: a code is given to another person
/// when an officer has gone, and the key of the one before is nobody's.
bool is_of_this_appointment(const State& state, const KeyRow& key) {
  const auto* officer = state.officers.find({key.organisation, key.officer});
  return officer != nullptr && officer->appointed_at < key.registered_at;
}

/// What of the register an officer's own key signs: that officer's own keys.
bool is_about_own_keys(const Context& context, const KeyRow& own) {
  const auto body = context.event.getBody();
  if (body.isSigningKeyAdded()) {
    const auto added = body.getSigningKeyAdded();
    return view(added.getOrganisation()) == own.organisation &&
           view(added.getOfficer()) == own.officer;
  }
  if (!body.isSigningKeyRevoked()) return false;
  const auto* revoked = context.state.keys.find({key_of(body.getSigningKeyRevoked().getKey())});
  return revoked != nullptr && revoked->organisation == own.organisation &&
         revoked->officer == own.officer;
}

}  // namespace

Digest key_of(capnp::Data::Reader key) {
  Digest digest;
  const auto bytes = std::as_bytes(std::span(key.begin(), key.size()));
  std::ranges::copy(bytes.first(std::min(bytes.size(), digest.bytes.size())),
                    digest.bytes.begin());
  return digest;
}

Checked check_key(const State& state, std::string_view publisher, const Digest& key,
                  const Moment& moment) {
  if (state.ledger.find({0}) == nullptr) return {};
  const auto* row = state.keys.find({key});
  if (row == nullptr || !acts_for(state, publisher, row->organisation, moment))
    return by_authority("key", "This key is not registered to ", publisher,
                        ". Register it first, or sign with one that is.");
  if (row->revoked)
    return by_authority("key", "This key of ", row->organisation,
                        " is revoked. Sign with another.");
  if (row->organisation != publisher && is_judged_by(moment, book_of_own_keys))
    return by_authority("key", "This key is ", row->organisation, "'s, which ", publisher,
                        " has succeeded: it signs nothing more. Sign with a key of ", publisher,
                        ".");
  return {};
}

bool is_own_key(const Context& context, const Digest& key) {
  const auto* row = context.state.keys.find({key});
  return row != nullptr && !row->revoked && !row->officer.empty() &&
         row->officer == context.officer && row->organisation == context.publisher &&
         is_of_this_appointment(context.state, *row);
}

Checked signs_for_officer(const Context& context, const Digest& key) {
  const auto* row = context.state.keys.find({key});
  if (row == nullptr || row->officer.empty()) return {};
  if (row->officer != context.officer)
    return by_authority("officer", "This key is ", row->officer,
                        "'s own and signs for no other officer.");
  if (!is_judged_by(context.moment, book_of_own_keys)) return {};
  if (!is_of_this_appointment(context.state, *row))
    return by_authority("key", "This key was given to whoever was ", row->officer,
                        " before this appointment. Register a new one.");
  if (!is_of_register(context.event.getBody().which()) || is_about_own_keys(context, *row))
    return {};
  return by_authority("key", row->officer,
                      "'s own key signs what the officer decides, and changes nothing in the "
                      "register but the officer's own keys. Sign this with a key of ",
                      context.publisher, ".");
}

Checked signs_as_asked(const Context& context, Power power, std::int64_t pence) {
  const auto* row =
      context.state.own_key_limits.find({std::string(context.publisher), power});
  if (row == nullptr || context.signed_with_own_key) return {};
  const bool always = row->limit == 0;
  if (!always && pence <= row->limit) return {};
  return by_authority(
      "key", context.publisher, " has set that the power \"", name_of(power), "\" is used ",
      always ? "" : "above ", always ? "" : pounds(row->limit), always ? "" : " ",
      "only under the officer's own key", always ? "" : ", and this is ",
      always ? "" : pounds(pence), ". Let ", context.officer,
      " sign it with a key of their own (`braid sign --key`); the operator registers one.");
}

bool asks_for_own_keys(const State& state, std::string_view organisation) {
  for (auto power = 0u; power <= static_cast<unsigned>(Power::SCRUTINISE); ++power)
    if (state.own_key_limits.find({std::string(organisation), static_cast<Power>(power)}) !=
        nullptr)
      return true;
  return false;
}

}  // namespace braid::ledger
