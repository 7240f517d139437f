// Writes what fuzzers begin with: a few sound inputs a target, small, made by the code itself.
//   write_seeds FOLDER          makes FOLDER/<target>/<name>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "adapters/json/evidence_file.hpp"
#include "events/entry.hpp"
#include "events/pem.hpp"
#include "events/submission.hpp"
#include "ledger/tlog_proof.hpp"
#include "ledger/tlog_tiles.hpp"
#include "tests/audit/audited_ledger.hpp"
#include "tests/support/entry_history.hpp"
#include "tests/support/specimens.hpp"

using namespace braid;
using namespace braid::ledger;

namespace {

class Seeds {
 public:
  explicit Seeds(std::filesystem::path folder) : folder_(std::move(folder)) {}

  void put(const std::string& target, const std::string& name, std::string_view bytes) const {
    std::filesystem::create_directories(folder_ / target);
    std::ofstream(folder_ / target / name, std::ios::binary) << bytes;
  }

 private:
  std::filesystem::path folder_;
};

SecretKey a_key() { return SecretKey::from_seed(Secret<32>()); }

void notes_and_proofs(const Seeds& seeds) {
  const test::EntryHistory history(11);
  const auto key = a_key();
  const Checkpoint checkpoint{"norfolk/0", 11, history.root(11)};
  auto note = *SignedNote::from_text(sign_checkpoint(checkpoint, key));
  seeds.put("note", "checkpoint", checkpoint.text());
  seeds.put("note", "signed", note.to_text());
  seeds.put("note", "key", NoteKey{"norfolk/0", key.public_key()}.text());
  note.signatures.push_back(cosign(note.text, "w.example/1", key, 1'700'000'000));
  seeds.put("note", "cosigned", note.to_text());
  seeds.put("tlog", "cosigned", note.to_text());
  seeds.put("tlog", "witness-key",
            NoteKey{"w.example/1", key.public_key(), NoteKeyType::cosignature}.text());
  TlogProof proof{OwnedBytes(3), 4, inclusion_proof(history.leaves(), 4), note.to_text()};
  seeds.put("tlog", "proof", proof.text());
  seeds.put("tlog", "tile-name", "tile/1/x001/234.p/17");
  seeds.put("tlog", "bundle-name", "tile/entries/x001/234");
  OwnedBytes bundle;
  for (const auto entry : history.from(0, 3)) add_to_bundle(bundle, entry);
  seeds.put("tlog", "bundle", as_text(bundle));
  seeds.put("tlog", "tile", as_text(std::as_bytes(history.leaves())));
}

void keys(const Seeds& seeds) {
  seeds.put("key_text", "secret.pem", to_pem(a_key()));
  seeds.put("key_text", "public.pem", to_pem(a_key().public_key()));
  seeds.put("key_text", "base64", "AAECAwQFBgcICQ==");
  seeds.put("key_text", "nhs-number", "999 000 0018");
}

void entries_and_events(const Seeds& seeds) {
  const test::EntryHistory history(2);
  seeds.put("submission", "entry", as_text(history.entries()[1]));
  const auto event = test::specimen(Kind::ORGANISATION_REGISTERED);
  seeds.put("submission", "event", as_text(event));
  const Bytes one(event);
  seeds.put("submission", "submission", as_text(sign_submission("bnssg", "X26", a_key(), {&one, 1})));
}

void histories(const Seeds& seeds) {
  const test::AuditedLedger ledger(3, 4, 4);
  OwnedBytes bundle;
  for (const auto& entry : ledger.entries(register_partition)) add_to_bundle(bundle, entry);
  seeds.put("entry", "register", as_text(bundle));
  seeds.put("evidence", "register", as_text(bundle));
  const std::vector<EntryPlace> places = {{register_partition, 1}, {0, 1}};
  const auto evidence = gather_evidence(ledger.sources(), "two entries", places);
  if (!evidence) throw std::runtime_error(evidence.error());
  seeds.put("evidence", "file", json::EvidenceFile::write(*evidence));
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "usage: write_seeds FOLDER\n";
    return 2;
  }
  const Seeds seeds(words[1]);
  notes_and_proofs(seeds);
  keys(seeds);
  entries_and_events(seeds);
  histories(seeds);
}
