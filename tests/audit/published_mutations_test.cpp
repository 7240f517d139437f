#include <catch2/catch.hpp>

#include "ledger/tlog_proof.hpp"
#include "tests/audit/audited_ledger.hpp"
#include "tests/audit/mutation_report.hpp"

// What a ledger publishes: checkpoints, cosignatures, proofs. Whoever reads them believes none that
// was tampered with.

namespace braid::test {
namespace {

using ledger::Checkpoint;
using ledger::NoteKey;
using ledger::SignedNote;

/// A partner whose cosignature the reader requires.
const SecretKey& partner() {
  static const auto key = SecretKey::generate();
  return key;
}
constexpr std::string_view partner_name = "icb.example/witness";
constexpr std::uint64_t signed_at_s = 1'790'000'000;

NoteKey log_key() {
  return {ledger::origin_of(SmallLedger::name, 0), audited_ledger().operator_key().public_key()};
}

ledger::WitnessPolicy policy() {
  return {{{std::string(partner_name), partner().public_key(), ledger::NoteKeyType::cosignature}},
          1};
}

/// What a reader is given: an entry's leaf hash, and a proof under a cosigned checkpoint.
struct Given {
  Digest leaf;
  ledger::TlogProof proof;
};

SignedNote parsed(const std::string& note) { return *SignedNote::from_text(note); }

std::string cosigned(const std::string& note, std::string_view name, const SecretKey& key) {
  auto read = parsed(note);
  read.signatures.push_back(ledger::cosign(read.text, name, key, signed_at_s));
  return read.to_text();
}

const std::vector<Digest>& leaves() {
  static const auto all = [] {
    std::vector<Digest> hashes;
    for (const auto& entry : audited_ledger().entries(0)) hashes.push_back(leaf_hash(entry));
    return hashes;
  }();
  return all;
}

std::string note_of(const Checkpoint& checkpoint) {
  return ledger::sign_checkpoint(checkpoint, audited_ledger().operator_key());
}

Checkpoint checkpoint_of(Sequence size) {
  return {ledger::origin_of(SmallLedger::name, 0), size, audited_ledger().root(0, size)};
}

/// A random entry under a random checkpoint that covers it and another, as it should be.
Given honest(synth::Dice& dice) {
  const auto size = 2 + dice.below(leaves().size() - 1);
  const auto at = dice.below(size);
  return {leaves()[at],
          {{},
           at,
           inclusion_proof(std::span(leaves()).first(size), at),
           cosigned(note_of(checkpoint_of(size)), partner_name, partner())}};
}

std::string believed_or_why_not(const Given& given) {
  const auto checked = ledger::verify_proof(given.proof, given.leaf, log_key(), policy());
  return checked ? "" : checked.error();
}

Sequence size_in(const Given& given) {
  return Checkpoint::from_text(parsed(given.proof.checkpoint).text)->size;
}

/// The same with a checkpoint that says something else, signed and cosigned.
Given with_checkpoint(Given given, const Checkpoint& checkpoint) {
  given.proof.checkpoint = cosigned(note_of(checkpoint), partner_name, partner());
  return given;
}

Given another_ledgers(synth::Dice& dice) {
  const auto given = honest(dice);
  auto checkpoint = checkpoint_of(size_in(given));
  checkpoint.origin = ledger::origin_of("other", 0);
  return with_checkpoint(given, checkpoint);
}

Given another_partitions(synth::Dice& dice) {
  const auto given = honest(dice);
  auto checkpoint = checkpoint_of(size_in(given));
  checkpoint.origin = ledger::origin_of(SmallLedger::name, 1);
  return with_checkpoint(given, checkpoint);
}

Given signed_by_a_stranger(synth::Dice& dice) {
  auto given = honest(dice);
  given.proof.checkpoint =
      cosigned(ledger::sign_checkpoint(checkpoint_of(size_in(given)), SecretKey::generate()),
               partner_name, partner());
  return given;
}

/// One bit of the root; the operator's and the witness's lines stay.
Given another_root_under_old_signatures(synth::Dice& dice) {
  auto given = honest(dice);
  auto note = parsed(given.proof.checkpoint);
  auto checkpoint = checkpoint_of(size_in(given));
  checkpoint.root.bytes[dice.below(32)] ^= std::byte{1} << dice.below(8);
  note.text = checkpoint.text();
  given.proof.checkpoint = note.to_text();
  return given;
}

/// Signed by the operator, cosigned by somebody whom the reader does not trust.
Given cosigned_by_a_stranger(synth::Dice& dice) {
  auto given = honest(dice);
  given.proof.checkpoint = cosigned(note_of(checkpoint_of(size_in(given))), "stranger.example/w",
                                    SecretKey::generate());
  return given;
}

/// Somebody signs in the trusted witness's name, with a key of its own.
Given cosigned_in_anothers_name(synth::Dice& dice) {
  auto given = honest(dice);
  given.proof.checkpoint = cosigned(note_of(checkpoint_of(size_in(given))), partner_name,
                                    SecretKey::generate());
  return given;
}

/// And says that it is the trusted key.
Given cosigned_by_a_forger(synth::Dice& dice) {
  auto given = cosigned_in_anothers_name(dice);
  auto note = parsed(given.proof.checkpoint);
  note.signatures.back().key_id = policy().witnesses.front().id();
  given.proof.checkpoint = note.to_text();
  return given;
}

/// What the witness said of a smaller tree.
Given cosignature_of_another_checkpoint(synth::Dice& dice) {
  auto given = honest(dice);
  const auto size = size_in(given);
  auto note = parsed(note_of(checkpoint_of(size)));
  note.signatures.push_back(ledger::cosign(checkpoint_of(1 + dice.below(size - 1)).text(),
                                           partner_name, partner(), signed_at_s));
  given.proof.checkpoint = note.to_text();
  return given;
}

Given a_proof_for_another_leaf(synth::Dice& dice) {
  auto given = honest(dice);
  given.leaf = leaves()[(given.proof.index + 1 + dice.below(leaves().size() - 1)) % leaves().size()];
  return given;
}

Given a_proof_for_another_place(synth::Dice& dice) {
  auto given = honest(dice);
  const auto size = size_in(given);
  given.proof.index = (given.proof.index + 1 + dice.below(size - 1)) % size;
  return given;
}

struct Mutation {
  std::string_view name;
  Given (*make)(synth::Dice& dice);
  std::string_view words;  ///< in the sentence that refuses it
};

// clang-format off
constexpr Mutation mutations[] = {
    {"a checkpoint of another ledger", another_ledgers, "is not signed by small/0"},
    {"a checkpoint of another partition", another_partitions, "is not signed by small/0"},
    {"a checkpoint signed by another key", signed_by_a_stranger, "is not signed by small/0"},
    {"another root under the operator's signature", another_root_under_old_signatures, "the signature of small/0"},
    {"a cosignature by a key that is not trusted", cosigned_by_a_stranger, "cosigned by 0 of 1"},
    {"a cosignature in a trusted witness's name", cosigned_in_anothers_name, "cosigned by 0 of 1"},
    {"a cosignature that says it is of a trusted key", cosigned_by_a_forger, "the cosignature of icb.example/witness"},
    {"a cosignature of another checkpoint", cosignature_of_another_checkpoint, "the cosignature of icb.example/witness"},
    {"a proof for another leaf", a_proof_for_another_leaf, "the path does not lead from this entry"},
    {"a proof for another place", a_proof_for_another_place, "the path does not lead from this entry"},
};
// clang-format on

}  // namespace

TEST_CASE("whatever is done to what a ledger publishes is believed by nobody, and the sentence says what") {
  constexpr std::uint64_t seed = 20261125;
  synth::Dice honest_dice(seed);
  for (int i = 0; i < BRAID_MUTATIONS; ++i) CHECK(believed_or_why_not(honest(honest_dice)).empty());
  for (const auto& mutation : mutations) {
    synth::Dice dice(seed);
    MutationReport report(mutation.name);
    for (int i = 0; i < BRAID_MUTATIONS; ++i) {
      const auto sentence = believed_or_why_not(mutation.make(dice));
      INFO(mutation.name << ", seed " << seed << ", case " << i << ": "
                         << (sentence.empty() ? "believed" : sentence));
      const bool named = sentence.find(mutation.words) != sentence.npos;
      report.note(named);
      CHECK(named);
    }
  }
}

}  // namespace braid::test
