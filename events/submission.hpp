#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "events/event.hpp"
#include "events/merkle.hpp"
#include "events/signature.hpp"

namespace braid {

/// A batch of events of one publisher under one signature, as it travels: framed Cap'n Proto
/// (schema::Submission).
struct Submission {
  static constexpr std::size_t max_events = 10'000;
  static constexpr std::size_t max_bytes = 900'000;

  std::string ledger;     ///< the ledger's name: a signature is good for one ledger only
  std::string publisher;  ///< ODS code
  PublicKey key;
  Signature signature;
  std::vector<Bytes>
      events;  ///< canonical bytes, each starting at a multiple of eight in `storage`
  OwnedBytes storage;
};

/// What is signed: "braid submission 1\n" ledger "\n" publisher "\n" count "\n" root in hex "\n".
std::string signed_statement(std::string_view ledger, std::string_view publisher, std::size_t count,
                             const Digest& root);

/// Signs a batch and frames it. `events` are canonical bytes that passed `check_form`, within the
/// limits of Submission.
OwnedBytes sign_submission(std::string_view ledger, std::string_view publisher,
                           const SecretKey& key, std::span<const Bytes> events);

/// A submission whose every event has form, whose events share one partition, and whose signature
/// its own key made. What is refused here depends on the bytes alone, and is answered without being
/// recorded.
struct CheckedSubmission {
  Submission submission;
  std::vector<Digest> hashes;   ///< leaf hash of each event
  Digest root;                  ///< RFC 6962 root over them
  std::uint32_t partition = 0;  ///< where it belongs: by place, or the register
};

/// Reads and checks one. `partitions` is the founded number. Bounded memory and time on hostile
/// bytes; the refusal names the first bad event by index ("events[3].effective").
tl::expected<CheckedSubmission, Refusal> check_submission(Bytes framed, std::string_view ledger,
                                                          std::uint32_t partitions);

/// The root that `check_submission` would find, of a frame whose events nobody has checked; nothing
/// where the bytes are no frame of a submission.
std::optional<Digest> root_of_submission(Bytes framed);

/// The partition of one event.
std::uint32_t partition_of_event(schema::Event::Reader event, std::uint32_t partitions);

}  // namespace braid
