#pragma once
#include <optional>
#include <vector>

#include "events/entry.hpp"
#include "events/signature.hpp"
#include "ledger/state.hpp"

namespace braid::ledger {

/// Follows the entries of one submission after another, as an auditor: each event answered once and
/// in order, the events' bytes under the root that was signed. What is left to check is one
/// signature a submission. A value machine; no I/O but the history of repeats.
class SubmissionAudit {
 public:
  /// A finished submission's statement, to be verified under its key.
  struct Statement {
    Sequence sequence = 0;  ///< of its `received` entry
    std::string text;
    PublicKey key;
    Signature signature;
  };

  SubmissionAudit(std::string ledger_name, const History& history);

  /// Takes the next entry; `event_hash` is the leaf hash of its event's bytes, where it has them. A
  /// sentence: what is wrong.
  std::optional<std::string> take(const EntryHead& head, schema::Entry::Reader entry,
                                  const Digest& event_hash);
  /// The statement that the last entry completed, if it did.
  [[nodiscard]] std::optional<Statement> completed();
  /// Whether a submission has events whose answer is still to come.
  [[nodiscard]] bool is_open() const { return is_open_; }

 private:
  std::optional<std::string> open(const EntryHead& head, schema::Received::Reader received);
  std::optional<std::string> answer(std::uint32_t index, std::uint32_t count);
  std::optional<std::string> repeat(schema::Repeated::Reader repeated);

  std::string ledger_name_;
  const History& history_;
  bool is_open_ = false;
  Sequence received_at_ = 0;
  std::string publisher_;
  Digest key_;
  Signature signature_;
  std::uint32_t count_ = 0;
  std::uint32_t answered_ = 0;
  Digest root_;
  bool root_known_ = false;  ///< the entry itself repeats the root: no events' bytes to hash
  std::vector<Digest> hashes_;
  std::optional<Statement> completed_;
};

}  // namespace braid::ledger
