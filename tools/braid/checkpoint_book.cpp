#include "tools/braid/checkpoint_book.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <algorithm>

#include "adapters/lmdb/durable_file.hpp"
#include "adapters/lmdb/event_log.hpp"
#include "adapters/lmdb/faults.hpp"
#include "tools/braid/checkpoints.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/history_root.hpp"

namespace braid::cli {
namespace {

using ledger::Checkpoint;
using ledger::SignedNote;

/// Holds a file's lock while it lives; waits for it. The system lets go of it however we end.
class FileLock {
 public:
  explicit FileLock(const std::filesystem::path& file) : file_(file, O_RDWR | O_CREAT) {
    if (!file_.valid() || ::flock(file_.get(), LOCK_EX) != 0) lmdb::throw_errno("lock", file);
  }

 private:
  lmdb::Descriptor file_;
};

std::optional<std::string> read_note(const std::filesystem::path& file) {
  return lmdb::read_file(file, SignedNote::max_bytes + 1);
}

/// 0 where there is none that can be read.
Sequence size_in(const std::optional<std::string>& text) {
  const auto note = text ? SignedNote::from_text(*text) : Parsed<SignedNote>(unreadable(""));
  const auto checkpoint =
      note ? Checkpoint::from_text(note->text) : Parsed<Checkpoint>(unreadable(""));
  return checkpoint ? checkpoint->size : 0;
}

std::string differs(const Checkpoint& promised) {
  return fmt::format(
      "{}: the history is not the one that was promised: a checkpoint of {} entries was signed "
      "with root {}, and the log has another. Nothing more is signed; look with `braid verify`, "
      "and restore the log from a copy or a mirror",
      promised.origin, promised.size, promised.root.hex());
}

std::string too_short(const Checkpoint& promised, Sequence size) {
  return fmt::format(
      "{}: a checkpoint of {} entries was signed, and the log holds {}: it was cut, or restored "
      "from an older copy. Nothing more is signed; restore the log from a copy or a mirror that "
      "has them",
      promised.origin, promised.size, size);
}

}  // namespace

CheckpointBook::CheckpointBook(const Ledger& ledger, std::uint32_t partition)
    : ledger_(ledger), partition_(partition) {}

std::filesystem::path CheckpointBook::file(std::string_view ending) const {
  return ledger_.directory.root() / "checkpoints" /
         (name_of_partition(partition_) + std::string(ending));
}

std::string CheckpointBook::origin() const {
  return ledger::origin_of(ledger_.founding.name, partition_);
}

ledger::LogKeys CheckpointBook::keys() const { return log_keys(ledger_, partition_); }

/// Of what was promised, and what was signed before promises were kept.
std::optional<Checkpoint> CheckpointBook::last_promised() const {
  const auto text = lmdb::read_file(file(".promised"));
  if (!text) {
    const auto kept = read_checkpoints(ledger_, partition_);
    if (!kept) throw HistoryBroken(kept.error());
    return kept->empty() ? std::nullopt : std::optional(kept->back().checkpoint);
  }
  auto promised = Checkpoint::from_text(*text);
  if (!promised || promised->origin != origin())
    throw HistoryBroken(file(".promised").string() + " is damaged: " +
                        (promised ? "it is of " + promised->origin : promised.error()) +
                        ". Nothing is signed; restore it from a copy");
  return std::move(*promised);
}

/// What the history came to where that was promised. Believed where it has the promised root and the
/// log's entry there; else all is read again.
std::optional<EntryChain> CheckpointBook::chain_at(const Checkpoint& promised,
                                                   const EntrySource& log) const {
  const auto text = lmdb::read_file(file(".chain"));
  auto chain = text ? EntryChain::parse(as_bytes(*text))
                    : tl::expected<EntryChain, std::string>(unreadable("there is none"));
  if (!chain || chain->size() != promised.size || promised.size == 0 ||
      chain->root() != promised.root)
    return std::nullopt;
  EntryBatch last;
  if (promised.size <= log.size())
    log.read(promised.size - 1, 1, std::chrono::milliseconds{0}, last);
  if (last.entries.empty() || leaf_hash(last.entries.front()) != chain->last_leaf())
    return std::nullopt;
  return std::move(*chain);
}

/// What is to be signed: that the history is `chain`, or more that was promised already.
Checkpoint CheckpointBook::agreed(const EntryChain& chain) const {
  Checkpoint offered{origin(), chain.size(), chain.root()};
  const auto last = last_promised();
  if (!last) return offered;
  const auto log = lmdb::EventLog(ledger_.directory).reader(partition_);
  HistoryRoot history(ledger_.directory.tree(partition_), *log,
                      last->size <= offered.size ? chain_at(*last, *log) : std::nullopt);
  const auto& smaller = std::min(*last, offered, [](const auto& a, const auto& b) {
    return a.size < b.size;
  });
  const auto& larger = &smaller == &offered ? *last : offered;
  for (const auto* checkpoint : {&smaller, &larger}) {
    const auto root = history.at(checkpoint->size);
    if (!root) throw HistoryBroken(too_short(*checkpoint, log->size()));
    if (*root != checkpoint->root) throw HistoryBroken(differs(*checkpoint));
  }
  return larger;
}

std::string CheckpointBook::sign(const EntryChain& chain, const SecretKey& key,
                                 const std::function<void()>& promised) {
  lmdb::make_folder(file("").parent_path());
  const FileLock lock(file(".lock"));
  const auto checkpoint = agreed(chain);
  auto note = ledger::sign_checkpoint(checkpoint, key);
  const auto before = latest();
  const auto signed_before =
      before ? SignedNote::from_text(*before) : Parsed<SignedNote>(unreadable("there is none"));
  if (signed_before && signed_before->text == checkpoint.text())
    note = with_lines_of(*SignedNote::from_text(note), *signed_before).to_text();
  if (read_note(file(".latest")) == note) return note;
  lmdb::replace_file(file(".promised"), checkpoint.text());
  if (checkpoint.size == chain.size()) lmdb::replace_file(file(".chain"), as_text(chain.bytes()));
  if (promised) promised();
  lmdb::replace_file(file(".latest"), note);
  return note;
}

/// `note` with the signatures of the operator's other live keys that `other` carries of the same.
SignedNote CheckpointBook::with_lines_of(SignedNote note, const SignedNote& other) const {
  for (const auto& key : keys().verifier_keys()) {
    const auto* line = claimed_signature(other, key);
    if (line != nullptr && claimed_signature(note, key) == nullptr &&
        verify_note(other.to_text(), key))
      note.signatures.push_back(*line);
  }
  return note;
}

std::optional<std::string> CheckpointBook::latest() const {
  auto signed_here = read_note(file(".latest"));
  auto kept = last_kept_note(ledger_.directory, partition_);
  return size_in(kept) > size_in(signed_here) ? kept : signed_here;
}

std::optional<std::string> CheckpointBook::published() const {
  return witnesses().empty() ? latest() : read_note(file(".published"));
}

std::vector<ledger::NoteKey> CheckpointBook::witnesses() const {
  const auto where = file("").parent_path() / "witnesses";
  const auto text = lmdb::read_file(where, SignedNote::max_bytes).value_or("");
  std::vector<ledger::NoteKey> keys;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    auto key = ledger::witness_key(std::string_view(text).substr(at, end - at));
    if (!key) throw UsageError(where.string() + ": " + key.error());
    keys.push_back(std::move(*key));
    at = end + 1;
  }
  return keys;
}

void CheckpointBook::add_witness(const ledger::NoteKey& witness) {
  const auto folder = file("").parent_path();
  lmdb::make_folder(folder);
  const FileLock lock(folder / "witnesses.lock");
  std::string text;
  for (const auto& known : witnesses()) {
    if (known == witness) return;
    if (known.name == witness.name)
      throw UsageError("the witness " + witness.name + " has another key already, in " +
                       (folder / "witnesses").string() + ": take it out if it was replaced");
    text += known.text() + "\n";
  }
  lmdb::replace_file(folder / "witnesses", text + witness.text() + "\n");
}

ledger::Checkpoint CheckpointBook::own(const std::string& note) const {
  auto checkpoint = keys().verify(note);
  if (!checkpoint) throw Refused(checkpoint.error());
  return std::move(*checkpoint);
}

/// Of a note that was ours when it was published, whichever of our keys signed it then.
std::optional<Checkpoint> CheckpointBook::kept(const std::string& note) const {
  auto found = keys().verify_kept(note);
  if (!found) throw Refused(file(".published").string() + ": " + found.error());
  return std::move(found->checkpoint);
}

std::size_t CheckpointBook::add_cosignatures(const std::string& note) {
  const FileLock lock(file(".lock"));
  const auto offered = own(note);
  const auto log = lmdb::EventLog(ledger_.directory).reader(partition_);
  if (HistoryRoot(ledger_.directory.tree(partition_), *log).at(offered.size) != offered.root)
    throw Refused(differs(offered));
  const auto known = witnesses();
  const auto shown_note = read_note(file(".published"));
  const auto shown = shown_note ? kept(*shown_note) : std::nullopt;
  auto base = *SignedNote::from_text(note);
  std::erase_if(base.signatures, [&](const auto& line) { return line.name != origin(); });
  if (shown && shown->size == offered.size) {
    const auto before = *SignedNote::from_text(*shown_note);
    const auto both =
        ledger::with_cosignatures(with_lines_of(std::move(base), before), before, known);
    if (!both) throw Refused(both.error());
    base = *both;
  }
  const auto merged = ledger::with_cosignatures(base, *SignedNote::from_text(note), known);
  if (!merged) throw Refused(merged.error());
  const auto found = ledger::cosignatures_of(*merged, known);
  if (!found) throw Refused(found.error());
  if (found->empty())
    throw Refused("the note carries no cosignature of a witness of this ledger; name its key with "
                  "--witness");
  if (!shown || shown->size <= offered.size)
    lmdb::replace_file(file(".published"), merged->to_text());
  return found->size();
}

}  // namespace braid::cli
