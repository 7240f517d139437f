#include "ledger/checkpoint_keys.hpp"

#include <algorithm>

namespace braid::ledger {
namespace {

std::optional<PublicKey> key_in(capnp::Data::Reader data) {
  const auto key = PublicKey::from_bytes(std::as_bytes(std::span(data.begin(), data.size())));
  return key ? std::optional(*key) : std::nullopt;
}

}  // namespace

CheckpointKeys::CheckpointKeys(std::string ledger, std::string operator_code,
                               const PublicKey& founding)
    : ledger_(std::move(ledger)), operator_(std::move(operator_code)), operators_{operator_} {
  keys_[founding] = {.organisation = operator_,
                     .officer = "",
                     .at = 0,
                     .by = founding,
                     .revoked_at = {}};
}

void CheckpointKeys::take(Bytes bytes) {
  const EntryReader entry(bytes);
  const auto sequence = size_++;
  if (entry.get().isReceived()) {
    if (const auto key = key_in(entry.get().getReceived().getKey())) signer_ = *key;
  } else if (entry.get().isAccepted()) {
    if (const auto event = entry.event()) take_event(sequence, *event);
  }
}

void CheckpointKeys::take_event(Sequence sequence, schema::Event::Reader event) {
  const auto body = event.getBody();
  if (body.isLedgerFounded()) {
    const auto founded = body.getLedgerFounded();
    const auto key = key_in(founded.getOperatorKey());
    if (key) *this = CheckpointKeys(founded.getName().cStr(), event.getPublisher().cStr(), *key);
    if (key) keys_[*key].at = sequence;
    size_ = sequence + 1;
  } else if (body.isOrganisationSucceeded()) {
    const auto succeeded = body.getOrganisationSucceeded();
    bool of_operator = false;
    for (const auto each : succeeded.getPredecessors())
      of_operator = of_operator || operators_.contains(each.cStr());
    if (!of_operator) return;
    for (const auto each : succeeded.getSuccessors())
      operators_.emplace(each.getOrganisation().cStr());
  } else if (body.isSigningKeyAdded()) {
    const auto added = body.getSigningKeyAdded();
    if (const auto key = key_in(added.getKey()))
      keys_.try_emplace(*key, Given{.organisation = added.getOrganisation().cStr(),
                                    .officer = added.getOfficer().cStr(),
                                    .at = sequence,
                                    .by = signer_,
                                    .revoked_at = {}});
  } else if (body.isSigningKeyRevoked()) {
    const auto key = key_in(body.getSigningKeyRevoked().getKey());
    const auto known = key ? keys_.find(*key) : keys_.end();
    if (known != keys_.end() && !known->second.revoked_at) known->second.revoked_at = sequence;
  }
}

void CheckpointKeys::follow(const EntrySource& registry, Sequence end) {
  constexpr std::size_t batch_bytes = 1 << 20;
  EntryBatch batch;
  while (size_ < end) {
    registry.read(size_, batch_bytes, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty()) return;
    for (const auto entry : batch.entries)
      if (size_ < end) take(entry);
  }
}

bool CheckpointKeys::signs(const Given& given) const {
  return given.officer.empty() && operators_.contains(given.organisation);
}

bool CheckpointKeys::is_operators(const PublicKey& key) const {
  const auto* given = find(key);
  return given != nullptr && signs(*given);
}

const CheckpointKeys::Given* CheckpointKeys::find(const PublicKey& key) const {
  const auto known = keys_.find(key);
  return known == keys_.end() ? nullptr : &known->second;
}

bool CheckpointKeys::have_turned() const {
  return std::ranges::any_of(keys_, [&](const auto& each) {
    const auto& [key, given] = each;
    return signs(given) && (given.revoked_at || given.by != key);
  });
}

/// A key is given by one that stands before it in the register, so the way back ends.
bool CheckpointKeys::is_led_to(const PublicKey& key, std::span<const PublicKey> trusted) const {
  for (auto at = keys_.find(key); at != keys_.end();) {
    if (std::ranges::find(trusted, at->first) != trusted.end()) return true;
    const auto by = keys_.find(at->second.by);
    if (by == keys_.end() || by->second.at >= at->second.at) return false;
    at = by;
  }
  return false;
}

LogKeys CheckpointKeys::of_log(std::uint32_t partition) const {
  LogKeys log(origin_of(ledger_, partition), {});
  for (const auto& [key, given] : keys_) {
    if (!signs(given)) continue;
    if (given.revoked_at)
      log.former.push_back({key, *given.revoked_at});
    else
      log.live.push_back(key);
  }
  std::ranges::sort(log.live, {}, [&](const auto& key) { return keys_.at(key).at; });
  return log;
}

LogKeys CheckpointKeys::of_log(std::uint32_t partition,
                               std::span<const PublicKey> trusted) const {
  auto log = of_log(partition);
  std::erase_if(log.live, [&](const auto& key) { return !is_led_to(key, trusted); });
  std::erase_if(log.former, [&](const auto& each) { return !is_led_to(each.key, trusted); });
  return log;
}

tl::expected<void, std::string> CheckpointKeys::may_sign(const PublicKey& key) const {
  const auto refuse = [](std::string sentence) { return tl::unexpected(std::move(sentence)); };
  const auto* given = find(key);
  if (given == nullptr)
    return refuse("is no key that the register of " + ledger_ +
                  " names. Checkpoints are signed with a key of the operator, " + operator_ +
                  ": register this one first (signingKeyAdded), or give another");
  if (!operators_.contains(given->organisation))
    return refuse("is a key of " + given->organisation +
                  ", and checkpoints are signed by the operator, " + operator_ +
                  ": give a key of the operator");
  if (!given->officer.empty())
    return refuse("is " + given->officer +
                  "'s own key, which signs what that officer decides, and no checkpoints: give a "
                  "key of the operator itself");
  if (given->revoked_at)
    return refuse("is a key of the operator that entry " + std::to_string(*given->revoked_at) +
                  " of the register revokes: give one that is not revoked");
  return {};
}

}  // namespace braid::ledger
