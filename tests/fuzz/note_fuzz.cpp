// Any bytes are a note, or a sentence that says why not; a note is written back as it was. So are
// checkpoints and verifier keys.
#include <string>

#include "events/check.hpp"
#include "ledger/checkpoint.hpp"

using namespace braid;
using namespace braid::ledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto sound = [](const std::string& sentence) {
    return !sentence.empty() && sentence.size() < 1000;
  };
  if (const auto note = SignedNote::from_text(text))
    check(note->to_text() == text, "a note has one text");
  else
    check(sound(note.error()), "a refusal is a short sentence");
  if (const auto checkpoint = Checkpoint::from_text(text))
    check(checkpoint->text() == text, "a checkpoint has one text");
  else
    check(sound(checkpoint.error()), "a refusal is a short sentence");
  if (const auto key = NoteKey::from_text(text)) {
    check(key->text() == text, "a verifier key has one text");
    check(!verify_note(text, *key), "a key is no note");
  }
  return 0;
}
