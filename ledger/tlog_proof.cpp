#include "ledger/tlog_proof.hpp"

#include "events/encoding.hpp"
#include "ledger/note_lines.hpp"

namespace braid::ledger {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_word = "extra ";
constexpr std::string_view index_word = "index ";

std::optional<Sequence> index_in(std::string_view line) {
  if (!line.starts_with(index_word)) return std::nullopt;
  line.remove_prefix(index_word.size());
  return decimal(line);
}

}  // namespace

Parsed<TlogProof> TlogProof::from_text(std::string_view text) {
  if (text.size() > max_bytes)
    return unreadable("a proof has at most " + std::to_string(max_bytes) + " bytes");
  if (take_line(text) != first_line)
    return unreadable("a proof begins with the line " + std::string(first_line));
  TlogProof proof;
  auto line = take_line(text);
  if (line && line->starts_with(extra_word)) {
    proof.extra = from_base64(line->substr(extra_word.size()));
    if (!proof.extra || proof.extra->size() > max_extra_bytes)
      return unreadable("the extra line of a proof is base64 of at most " +
                        std::to_string(max_extra_bytes) + " bytes");
    line = take_line(text);
  }
  const auto index = line ? index_in(*line) : std::nullopt;
  if (!index)
    return unreadable("a proof says \"index\" and the entry's sequence, without leading zeroes");
  proof.index = *index;
  for (line = take_line(text); line && !line->empty(); line = take_line(text)) {
    const auto hash = Digest::from_base64(*line);
    if (!hash) return unreadable("a line of a proof's path is not a hash: " + hash.error());
    if (proof.path.size() == max_path)
      return unreadable("a proof's path has at most " + std::to_string(max_path) + " hashes");
    proof.path.push_back(*hash);
  }
  if (!line) return unreadable("a proof has an empty line before its checkpoint");
  if (auto note = SignedNote::from_text(text); !note) return unreadable(std::move(note.error()));
  proof.checkpoint = text;
  return proof;
}

std::string TlogProof::text() const {
  std::string text(first_line);
  text += '\n';
  if (extra) text.append(extra_word).append(to_base64(*extra)) += '\n';
  text.append(index_word).append(std::to_string(index)) += '\n';
  for (const auto& hash : path) text.append(hash.base64()) += '\n';
  return text + "\n" + checkpoint;
}

Parsed<Checkpoint> verify_proof(const TlogProof& proof, const Digest& leaf, const LogKeys& log,
                                const WitnessPolicy& policy) {
  auto checkpoint = verify_cosigned(proof.checkpoint, log, policy);
  if (!checkpoint) return checkpoint;
  if (proof.index >= checkpoint->size)
    return unreadable("the proof is of entry " + std::to_string(proof.index) +
                      ", and its checkpoint of the first " + std::to_string(checkpoint->size) +
                      " only");
  if (!verify_inclusion(leaf, proof.index, checkpoint->size, proof.path, checkpoint->root))
    return unreadable("the path does not lead from this entry, as entry " +
                      std::to_string(proof.index) +
                      ", to the root that was signed: it is of another entry, or was altered");
  return checkpoint;
}

}  // namespace braid::ledger
