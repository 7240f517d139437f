#include "tools/braid/checkpoints.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/lmdb/durable_file.hpp"
#include "adapters/lmdb/faults.hpp"
#include "events/faults.hpp"
#include "tools/braid/checkpoint_book.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/keys.hpp"

namespace braid::cli {
namespace {

// Between notes stands a line of its own, such as no note has.
constexpr std::string_view between = "=\n";
constexpr std::string_view end_of_note = "\n=\n";
/// A checkpoint takes 300 bytes: of a ledger of a billion entries all are read.
constexpr std::size_t max_file_bytes = 16 << 20;

std::string file_name(std::uint32_t partition) { return name_of_partition(partition); }

void append_durably(const std::filesystem::path& file, std::string_view text) {
  lmdb::make_folder(file.parent_path());
  const lmdb::Descriptor out(file, O_WRONLY | O_CREAT | O_APPEND);
  if (!out.valid()) lmdb::throw_errno("write", file);
  struct stat before{};
  if (::fstat(out.get(), &before) != 0) lmdb::throw_errno("read", file);
  if (::write(out.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
      ::fsync(out.get()) != 0) {
    const int error = errno != 0 ? errno : ENOSPC;
    if (::ftruncate(out.get(), before.st_size) != 0)
      errno = 0;  // half a note is left out when they are read
    lmdb::throw_fault(error, "write", file);
  }
  if (before.st_size == 0) lmdb::sync_folder(file.parent_path());
}

}  // namespace

std::filesystem::path checkpoint_file(const lmdb::LedgerDirectory& directory,
                                      std::uint32_t partition) {
  return directory.root() / "checkpoints" / file_name(partition);
}

namespace {

ledger::NoteKey signer_of(const Ledger& ledger, std::uint32_t partition) {
  return {ledger::origin_of(ledger.founding.name, partition), ledger.founding.operator_key};
}

Parsed<std::vector<ledger::Checkpoint>> read_kept(const Ledger& ledger, std::uint32_t partition) {
  const auto file = checkpoint_file(ledger.directory, partition);
  const auto text = lmdb::read_file(file, max_file_bytes).value_or("");
  const auto signer = signer_of(ledger, partition);
  std::vector<ledger::Checkpoint> kept;
  std::string_view rest = text;
  for (auto end = rest.find(end_of_note); end != rest.npos; end = rest.find(end_of_note)) {
    auto checkpoint = ledger::verify_checkpoint(rest.substr(0, end + 1), signer);
    if (!checkpoint)
      return unreadable(file.string() + ", checkpoint " + std::to_string(kept.size() + 1) + ": " +
                        checkpoint.error());
    kept.push_back(std::move(*checkpoint));
    rest.remove_prefix(end + end_of_note.size());
  }
  return kept;  // a note without its end was being written when the process was killed
}

}  // namespace

Parsed<std::vector<ledger::Checkpoint>> read_checkpoints(const Ledger& ledger,
                                                         std::uint32_t partition) {
  auto all = read_kept(ledger, partition);
  const auto latest = CheckpointBook(ledger, partition).latest();
  if (!all || !latest) return all;
  auto last = ledger::verify_checkpoint(*latest, signer_of(ledger, partition));
  if (!last) return unreadable("the last checkpoint signed: " + last.error());
  if (all->empty() || last->size > all->back().size) all->push_back(std::move(*last));
  return all;
}

void keep_note(const Ledger& ledger, std::uint32_t partition, std::string_view note) {
  append_durably(checkpoint_file(ledger.directory, partition),
                 std::string(note) + std::string(between));
}

Checkpoints::Checkpoints(const Ledger& ledger)
    : ledger_(ledger), key_(find_operator_key(ledger.directory)) {
  if (key_ && key_->public_key() != ledger.founding.operator_key) key_.reset();
}

Checkpoints::Checkpoints(const Ledger& ledger, const std::filesystem::path& file)
    : ledger_(ledger), key_(read_signing_key(file)) {
  if (key_->public_key() != ledger.founding.operator_key)
    throw UsageError(file.string() + " is not the key of the operator that founded the ledger " +
                     ledger.founding.name + ": checkpoints are signed with that one");
}

std::string Checkpoints::sign(std::uint32_t partition, const EntryChain& chain) const {
  return CheckpointBook(ledger_, partition).sign(chain, *key_);
}

Sequence& Checkpoints::last_kept(std::uint32_t partition) {
  const auto known = last_kept_.find(partition);
  if (known != last_kept_.end()) return known->second;
  const auto kept = read_kept(ledger_, partition);
  return last_kept_[partition] = kept && !kept->empty() ? kept->back().size : 0;
}

std::optional<std::string> Checkpoints::keep(std::uint32_t partition, const EntryChain& chain,
                                             bool at_the_end) {
  if (!key_) return std::nullopt;
  const std::scoped_lock lock(mutex_);
  auto& last = last_kept(partition);
  const bool due = chain.size() >= last + (at_the_end ? 1 : entries_between);
  const bool cut = chain.size() < last;
  if ((!due && !cut) || refused_.contains(partition)) return std::nullopt;
  try {
    auto note = sign(partition, chain);
    keep_note(ledger_, partition, note);
    last = std::max(last, chain.size());
    return note;
  } catch (const HistoryBroken& broken) {
    refused_.insert(partition);
    say(broken.what());
    return std::nullopt;
  }
}

}  // namespace braid::cli
