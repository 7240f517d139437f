#include "ledger/checkpoint.hpp"

#include <optional>

#include "events/entry_source.hpp"
#include "ledger/note_lines.hpp"

namespace braid::ledger {

Parsed<Checkpoint> Checkpoint::from_text(std::string_view text) {
  const auto origin = take_line(text);
  if (!origin || origin->empty() || origin->size() > max_origin_bytes)
    return unreadable("the first line of a checkpoint is its origin, <ledger name>/<partition>");
  const auto size_line = take_line(text);
  const auto size = size_line ? decimal(*size_line) : std::nullopt;
  if (!size)
    return unreadable(
        "the second line of a checkpoint is the number of entries, without leading zeroes");
  const auto root_line = take_line(text);
  const auto root = Digest::from_base64(root_line.value_or(""));
  if (!root) return unreadable("the third line of a checkpoint is its root: " + root.error());
  if (!text.empty())
    return unreadable("a checkpoint has three lines; this has more, which nobody could audit");
  if (*size == 0 && *root != sha256({}))
    return unreadable("the root of no entries is the SHA-256 of nothing");
  return Checkpoint{std::string(*origin), *size, *root};
}

std::string Checkpoint::text() const {
  return origin + "\n" + std::to_string(size) + "\n" + root.base64() + "\n";
}

std::string origin_of(std::string_view ledger_name, std::uint32_t partition) {
  const auto name = partition == register_partition ? "register" : std::to_string(partition);
  return std::string(ledger_name) + "/" + name;
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const SecretKey& key) {
  return sign_note(checkpoint.text(), checkpoint.origin, key);
}

Parsed<Checkpoint> verify_checkpoint(std::string_view note, const NoteKey& signer) {
  const auto text = verify_note(note, signer);
  if (!text) return unreadable(text.error());
  auto checkpoint = Checkpoint::from_text(*text);
  if (checkpoint && checkpoint->origin != signer.name)
    return unreadable("this checkpoint is of " + checkpoint->origin + ", not of " + signer.name);
  return checkpoint;
}

}  // namespace braid::ledger
