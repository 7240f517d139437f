// Any bytes are a proof, a tile's name, a bundle of entries, a tile, a note with cosignatures or a
// witness's key, or are refused; what has one text is written back as it was.
#include <string>

#include "events/check.hpp"
#include "ledger/tlog_proof.hpp"
#include "ledger/tlog_tiles.hpp"

using namespace braid;
using namespace braid::ledger;

namespace {

const NoteKey& witness() {
  static const NoteKey key{"w.example/1", SecretKey::from_seed(Secret<32>()).public_key(),
                           NoteKeyType::cosignature};
  return key;
}

void read_proof(std::string_view text) {
  const auto proof = TlogProof::from_text(text);
  if (!proof) {
    check(!proof.error().empty() && proof.error().size() < 1000, "a refusal is a short sentence");
    return;
  }
  check(proof->text() == text, "a proof has one text");
  const NoteKey log{"norfolk/0", witness().key};
  static_cast<void>(verify_proof(*proof, Digest{}, log, {{witness()}, 1}));
}

void read_cosignatures(std::string_view text) {
  const auto note = SignedNote::from_text(text);
  if (!note) return;
  const auto found = cosignatures_of(*note, {&witness(), 1});
  check(!found || found->size() <= 1, "a witness counts once");
  const auto merged = with_cosignatures(*note, *note, {&witness(), 1});
  check(!merged || merged->signatures.size() <= note->signatures.size(), "nothing is doubled");
}

void read_bundle(Bytes bytes) {
  const auto entries = entries_of(bytes);
  if (!entries) return;
  OwnedBytes again;
  for (const auto entry : *entries) add_to_bundle(again, entry);
  check(as_text(again) == as_text(bytes), "a bundle has one form");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes bytes = std::as_bytes(std::span(data, size));
  const auto text = as_text(bytes);
  read_proof(text);
  read_cosignatures(text);
  read_bundle(bytes);
  if (const auto name = TileName::from_text(text)) check(name->text() == text, "a tile has one name");
  if (const auto hashes = hashes_of(bytes)) check(hashes->size() * 32 == size, "all of it is hashes");
  if (const auto key = witness_key(text)) check(key->text() == text, "a key has one text");
  return 0;
}
