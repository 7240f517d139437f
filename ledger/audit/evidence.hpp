#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "events/entry_source.hpp"
#include "events/merkle.hpp"
#include "ledger/cosignature.hpp"

namespace braid::ledger {

/// One entry as evidence: its bytes as the log holds them, and where they stand.
struct EvidenceEntry {
  std::uint32_t partition = 0;
  Sequence sequence = 0;
  OwnedBytes bytes;
  MerkleProof proof;      ///< of the entry under its partition's checkpoint
  Sequence received = 0;  ///< its submission's entry, which is in the evidence too: maybe itself
  MerkleProof path;       ///< of its event under the root that its publisher signed

  [[nodiscard]] bool is_submission() const { return received == sequence; }
  bool operator==(const EvidenceEntry&) const = default;
};

/// Entries of a ledger about one thing, with all by which somebody who has never seen that ledger
/// can check them: proofs, signed checkpoints, and the register's first entries, as far as any of
/// the entries had seen it, whole: a proof that a key was never revoked is nothing less. A value;
/// nothing about it is believed before `check_evidence`.
struct Evidence {
  static constexpr std::size_t max_entries = 100'000;
  static constexpr std::size_t max_register = 100'000;
  static constexpr std::size_t max_report_bytes = 700'000;

  std::string ledger;
  std::uint32_t partitions = 0;
  std::string subject;  ///< what it is about: "budget 0192f3c1-..."
  /// The file of a report whose cells follow from the entries; empty: it is about something else.
  /// Opaque here: whoever has the views recomputes it.
  std::string report;
  std::map<std::uint32_t, std::string> checkpoints;  ///< signed notes, by partition
  std::vector<OwnedBytes> registry;                  ///< entries 0, 1, 2 ... of the register
  MerkleProof registry_proof;          ///< the register's checkpoint begins with `registry`
  std::vector<EvidenceEntry> entries;  ///< by partition and sequence

  bool operator==(const Evidence&) const = default;
};

/// What the reader of an evidence file brings along.
struct EvidenceTrust {
  /// Keys of the operator, from the operator itself: they are trusted, and those that they gave, by
  /// the register in the file. Without, the founding key in the file is taken at its word.
  std::vector<PublicKey> operator_keys;
  /// Who must have cosigned each checkpoint.
  WitnessPolicy witnesses = {};
};

/// What came of checking: either what is wrong, or what is shown and on what that rests.
struct EvidenceChecked {
  std::optional<std::string> wrong;  ///< the first thing, in a sentence
  std::vector<std::string> shown;
  std::vector<std::string> trusted;
  std::uint64_t asked = 0;       ///< entries, submissions' own apart
  std::uint64_t signatures = 0;  ///< checked
};

/// Checks everything that evidence can show: each entry under a checkpoint that the operator
/// signed; each event under its publisher's signature; each key, as the register stood then; the
/// register itself by the four questions of an auditor. Total: any evidence has an answer. Pure.
EvidenceChecked check_evidence(const Evidence& evidence, const EvidenceTrust& trust);

/// The page in plain words that stands at the head of an evidence file: what is in it, how to check
/// it, what it does not show. Made of the evidence alone, so whoever checks the file makes it again
/// and compares. Throws HistoryBroken where an entry cannot be read.
std::string evidence_page(const Evidence& evidence);

}  // namespace braid::ledger
