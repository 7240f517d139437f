#include <algorithm>
#include <optional>
#include <set>
#include <stdexcept>

#include "events/native_rows.hpp"
#include "events/submission.hpp"
#include "events/table/memory_row_store.hpp"
#include "ledger/audit/entry_list.hpp"
#include "ledger/audit/evidence.hpp"
#include "ledger/audit/trusted_keys.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/pending_history.hpp"
#include "ledger/replay.hpp"
#include "ledger/signing_key.hpp"
#include "ledger/verify.hpp"

namespace braid::ledger {

namespace {

/// What is wrong, for `check_evidence` to catch: it is the end of all checking.
struct Wrong {
  std::string sentence;
};

[[noreturn]] void wrong(std::string sentence) { throw Wrong{std::move(sentence)}; }

std::string name_of_partition(std::uint32_t partition) {
  return partition == register_partition ? "the register"
                                         : "partition " + std::to_string(partition);
}

Bytes bytes_of(capnp::Data::Reader data) {
  return {reinterpret_cast<const std::byte*>(data.begin()), data.size()};
}

/// A submission whose signature holds.
struct Submission {
  Digest root;
  std::uint32_t count = 0;
  std::string publisher;
  std::string officer;  ///< whose own key signed it; empty: the body's
};

class Checker {
 public:
  Checker(const Evidence& evidence, const EvidenceTrust& trust)
      : evidence_(evidence),
        trust_(trust),
        registry_(evidence.registry),
        history_(registry_),
        state_(rows_, history_) {}

  EvidenceChecked check() {
    check_limits();
    check_register();
    check_checkpoints();
    check_register_root();
    for (const auto& entry : evidence_.entries) check_place(entry);
    check_submissions();
    for (const auto& entry : evidence_.entries)
      if (!entry.is_submission()) check_event(entry);
    say_what_holds();
    return std::move(result_);
  }

 private:
  void check_limits() const {
    if (evidence_.entries.size() > Evidence::max_entries ||
        evidence_.registry.size() > Evidence::max_register)
      wrong("it holds more entries than an evidence file may");
    if (evidence_.entries.empty()) wrong("it holds no entries, so it shows nothing");
  }

  /// The register is there from its first entry, so it is asked everything.
  void check_register() {
    MemoryRowStore scratch;
    const EntryList lookups(evidence_.registry);
    const auto found = Verifier(evidence_.ledger, register_partition,
                                {registry_, lookups, registry_}, scratch, {.threads = 1})
                           .run();
    if (found.bad)
      wrong("the register, entry " + std::to_string(found.bad->sequence) + ": not " +
            std::string(name_of(found.bad->question)) + ": " + found.bad->found + "; expected " +
            found.bad->expected);
    result_.signatures += found.signatures;
    register_root_ = found.chain.root();
    read_founding();
  }

  void read_founding() {
    std::optional<PublicKey> founding_key;
    for (const auto& bytes : evidence_.registry) {
      const EntryReader entry(bytes);
      if (!entry.get().isAccepted()) continue;
      const EventReader event(*entry.event_bytes());
      if (event.kind() != Kind::LEDGER_FOUNDED) break;
      const auto founded = event.get().getBody().getLedgerFounded();
      const auto key = PublicKey::from_bytes(bytes_of(founded.getOperatorKey()));
      if (view(founded.getName()) != evidence_.ledger)
        wrong("the register founds the ledger " + std::string(founded.getName().cStr()) +
              ", and the file says " + evidence_.ledger);
      if (founded.getPartitions() != evidence_.partitions)
        wrong("the register founds another number of partitions than the file says");
      if (key) founding_key = *key;
      break;
    }
    if (!founding_key) wrong("the register in it does not begin with the founding of a ledger");
    keys_.emplace(registry_, *founding_key, trust_.operator_keys);
    if (const auto objection = keys_->objection()) wrong(*objection);
  }

  void check_checkpoints() {
    for (const auto& [partition, note] : evidence_.checkpoints) {
      auto checkpoint = keys_->verify(partition, note, trust_.witnesses);
      if (!checkpoint)
        wrong("the checkpoint of " + name_of_partition(partition) + ": " + checkpoint.error());
      if (const auto signatures = SignedNote::from_text(note))
        if (const auto seen = cosignatures_of(*signatures, trust_.witnesses.witnesses))
          for (const auto& each : *seen) cosigners_[partition].push_back(each.witness.name);
      checkpoints_.emplace(partition, std::move(*checkpoint));
    }
  }

  void check_register_root() {
    const auto known = checkpoints_.find(register_partition);
    if (known == checkpoints_.end()) wrong("there is no checkpoint of the register in it");
    if (!verify_consistency(evidence_.registry.size(), register_root_, known->second.size,
                            known->second.root, evidence_.registry_proof))
      wrong("its register is not what the operator's checkpoint of the register begins with");
    // A key that was given, or revoked, would stand in the part of the register that is left out.
    if (keys_->need_whole_register() && evidence_.registry.size() != known->second.size)
      wrong("the operator's keys have turned, so the register must be in it as far as it was "
            "signed, to see which of them are revoked: it holds " +
            std::to_string(evidence_.registry.size()) + " entries of " +
            std::to_string(known->second.size));
  }

  [[nodiscard]] static std::string name_of(const EvidenceEntry& entry) {
    return "entry " + std::to_string(entry.sequence) + " of " + name_of_partition(entry.partition);
  }
  [[nodiscard]] static std::string name_of(Question question) {
    return std::string(ledger::name_of(question));
  }

  /// The entry stands where it says, under the operator's checkpoint.
  void check_place(const EvidenceEntry& entry) {
    const auto known = checkpoints_.find(entry.partition);
    if (known == checkpoints_.end()) wrong(name_of(entry) + ": there is no checkpoint for it");
    if (!places_.emplace(entry.partition, entry.sequence).second)
      wrong(name_of(entry) + " is in it twice");
    const auto& [origin, size, root] = known->second;
    if (!verify_inclusion(leaf_hash(entry.bytes), entry.sequence, size, entry.proof, root))
      wrong(name_of(entry) + ": its proof does not lead to the root of the checkpoint for " +
            std::to_string(size) + " entries: it is not the entry that was recorded there");
    const EntryReader reader(entry.bytes);
    if (reader.head().sequence != entry.sequence)
      wrong(name_of(entry) + " calls itself entry " + std::to_string(reader.head().sequence));
  }

  /// In the order of the registers that they were judged by, for the state only goes forward.
  void check_submissions() {
    std::vector<const EvidenceEntry*> submissions;
    for (const auto& entry : evidence_.entries)
      if (entry.is_submission()) submissions.push_back(&entry);
    const auto register_size = [](const EvidenceEntry* entry) {
      return EntryReader(entry->bytes).head().register_size;
    };
    std::ranges::stable_sort(submissions, {}, register_size);
    for (const auto* entry : submissions) check_submission(*entry);
  }

  void check_submission(const EvidenceEntry& entry) {
    const EntryReader reader(entry.bytes);
    if (!reader.get().isReceived())
      wrong(name_of(entry) + " is not the arrival of a submission");
    const auto received = reader.get().getReceived();
    const auto key = PublicKey::from_bytes(bytes_of(received.getKey()));
    const auto signature = Signature::from_bytes(bytes_of(received.getSignature()));
    if (!key || !signature) wrong(name_of(entry) + ": its key or signature has another length");
    Submission submission{schema::read(received.getRoot()), received.getCount(),
                          received.getPublisher().cStr(), {}};
    const auto statement = signed_statement(evidence_.ledger, submission.publisher,
                                            submission.count, submission.root);
    if (!verify(*key, as_bytes(statement), *signature))
      wrong(name_of(entry) + ": the signature is not that key's over these events");
    ++result_.signatures;
    if (entry.partition != register_partition)
      submission.officer = check_key_of(entry, reader.head(), received, submission.publisher, *key);
    submissions_.emplace(std::pair{entry.partition, entry.sequence}, submission);
  }

  /// By the register as the ledger had seen it, which the entry names by size and last leaf. The
  /// officer whose own key it is; empty where it is the body's.
  std::string check_key_of(const EvidenceEntry& entry, const EntryHead& head,
                           schema::Received::Reader received, std::string_view publisher,
                           const PublicKey& key) {
    if (head.register_size > registry_.size())
      wrong(name_of(entry) + " was judged by " + std::to_string(head.register_size) +
            " register entries, and the file holds " + std::to_string(registry_.size()));
    follow_register(state_, registry_, head.register_size);
    if (schema::read(received.getRegisterHead()) != state_.register_chain.last_leaf())
      wrong(name_of(entry) + " was written against another register");
    Digest key_bytes;
    std::ranges::copy(key.bytes, key_bytes.bytes.begin());
    if (const auto may = check_key(state_, publisher, key_bytes, moment_of(head)); !may)
      unauthorised_.emplace(std::pair{entry.partition, entry.sequence}, may.error().sentence);
    const auto* row = state_.keys.find({key_bytes});
    return row == nullptr ? "" : row->officer;
  }

  /// The publisher signed this very event.
  void check_event(const EvidenceEntry& entry) {
    ++result_.asked;
    const EntryReader reader(entry.bytes);
    const auto event = reader.event_bytes();
    const auto place = std::pair{entry.partition, entry.received};
    const auto known = submissions_.find(place);
    if (known == submissions_.end() || entry.received > entry.sequence)
      wrong(name_of(entry) + ": the arrival of its submission is not in the file");
    if (!event || event->empty()) wrong(name_of(entry) + " holds no event");
    if (const auto form = check_form(*event); !form)
      wrong(name_of(entry) + ": its event has no form: " + form.error().sentence);
    const auto index = reader.get().isAccepted() ? reader.get().getAccepted().getIndex()
                                                 : reader.get().getRefused().getIndex();
    const auto& submission = known->second;
    if (!verify_inclusion(leaf_hash(*event), index, submission.count, entry.path, submission.root))
      wrong(name_of(entry) + ": its event is not under the root that " + submission.publisher +
            " signed at entry " + std::to_string(entry.received));
    if (const auto no_say = unauthorised_.find(place); no_say != unauthorised_.end())
      wrong(name_of(entry) + ": " + no_say->second);
    const EventReader said(*event);
    if (view(said.get().getPublisher()) != submission.publisher)
      wrong(name_of(entry) + ": its event is another publisher's than the submission");
    if (!submission.officer.empty() && reader.get().isAccepted()) {
      if (view(said.get().getOfficer()) != submission.officer)
        wrong(name_of(entry) + ": it was decided by " + said.get().getOfficer().cStr() +
              " and signed with the own key of " + submission.officer);
      in_person_[submission.publisher + "'s " + submission.officer] += 1;
    }
    accepted_ += reader.get().isAccepted();
  }

  void say_what_holds() {
    const auto count = [](std::uint64_t number, std::string_view one, std::string_view many) {
      return std::to_string(number) + " " + std::string(number == 1 ? one : many);
    };
    auto& shown = result_.shown;
    shown.push_back(count(result_.asked, "entry", "entries") + " about " + evidence_.subject +
                    ", " + std::to_string(accepted_) + " of them accepted, " +
                    (result_.asked == 1 ? "stands" : "stand") + " in the ledger " +
                    evidence_.ledger + " exactly as in this file.");
    shown.push_back("Each event is what its publisher signed, with a key that the register gave "
                    "it and had not taken back: " +
                    count(result_.signatures, "signature", "signatures") + " checked.");
    for (const auto& [officer, decisions] : in_person_)
      shown.push_back(count(decisions, "decision was", "decisions were") + " signed by " + officer +
                      " in person, with a key that the register gave to that officer alone.");
    shown.push_back("The register's first " +
                    count(evidence_.registry.size(), "entry is", "entries are") +
                    " whole, signed, lawful and balanced.");
    keys_->say(result_);
    auto& trusted = result_.trusted;
    for (const auto& [partition, checkpoint] : checkpoints_)
      trusted.push_back("That " + name_of_partition(partition) + " has one history, whose first " +
                        std::to_string(checkpoint.size) + " entries have the root " +
                        checkpoint.root.base64() + ": the operator's word" +
                        cosigned(partition) + ".");
    trusted.push_back(
        "That these are all the entries about " + evidence_.subject +
        ", and that each was judged by the rules: only the whole history shows that "
        "(`braid audit verify` on a copy).");
  }

  [[nodiscard]] std::string cosigned(std::uint32_t partition) const {
    std::string names;
    if (const auto known = cosigners_.find(partition); known != cosigners_.end())
      for (const auto& name : known->second) names += (names.empty() ? "" : ", ") + name;
    return names.empty() ? "" : ", cosigned by " + names;
  }

  const Evidence& evidence_;
  const EvidenceTrust& trust_;
  const EntryList registry_;
  MemoryRowStore rows_;
  PendingHistory history_;
  State state_;
  std::optional<TrustedKeys> keys_;
  Digest register_root_;
  std::map<std::uint32_t, Checkpoint> checkpoints_;
  std::map<std::uint32_t, std::vector<std::string>> cosigners_;
  std::set<std::pair<std::uint32_t, Sequence>> places_;
  std::map<std::pair<std::uint32_t, Sequence>, Submission> submissions_;
  std::map<std::pair<std::uint32_t, Sequence>, std::string> unauthorised_;
  std::map<std::string, std::uint64_t> in_person_;  ///< decisions signed with an own key
  std::uint64_t accepted_ = 0;
  EvidenceChecked result_;
};

EvidenceChecked failed(std::string sentence) {
  EvidenceChecked result;
  result.wrong = std::move(sentence);
  return result;
}

}  // namespace

EvidenceChecked check_evidence(const Evidence& evidence, const EvidenceTrust& trust) try {
  return Checker(evidence, trust).check();
} catch (const Wrong& found) {
  return failed(found.sentence);
} catch (const HistoryBroken& broken) {
  return failed(std::string("an entry in it cannot be read: ") + broken.what());
}

}  // namespace braid::ledger
