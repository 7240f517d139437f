#include "tools/braid/checkpoints.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

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

/// Whose signature a note of this ledger carries, in its day.
Parsed<ledger::SignedBy> signed_by(const Ledger& ledger, std::uint32_t partition,
                                   const ledger::LogKeys& keys, std::string_view note) {
  auto found = keys.verify_kept(note);
  if (!found || !found->revoked_at) return found;
  const auto covered = register_covered(ledger, partition, found->checkpoint.size);
  if (covered && !signed_in_its_day(*found, *covered))
    return unreadable(
        fmt::format("it is of {} entries and signed with the operator's key {}, which the register "
                    "had revoked before, by entry {}: somebody has that key who may not sign. Take "
                    "this checkpoint for what it is, no word of the operator's",
                    found->checkpoint.size, found->key.hex(), *found->revoked_at));
  return found;
}

Parsed<std::vector<ledger::SignedBy>> read_kept(const Ledger& ledger, std::uint32_t partition,
                                                const ledger::LogKeys& keys) {
  const auto file = checkpoint_file(ledger.directory, partition);
  const auto text = lmdb::read_file(file, max_file_bytes).value_or("");
  std::vector<ledger::SignedBy> kept;
  std::size_t number = 1;
  std::string_view rest = text;
  for (auto end = rest.find(end_of_note); end != rest.npos; end = rest.find(end_of_note)) {
    auto found = signed_by(ledger, partition, keys, rest.substr(0, end + 1));
    if (!found)
      return unreadable(fmt::format("{}, checkpoint {}: {}", file.string(), number, found.error()));
    if (!kept.empty() && kept.back().checkpoint == found->checkpoint)
      kept.back() = std::move(*found);  // the same once more, under the key that followed
    else
      kept.push_back(std::move(*found));
    ++number;
    rest.remove_prefix(end + end_of_note.size());
  }
  return kept;  // a note without its end was being written when the process was killed
}

}  // namespace

Parsed<KnownCheckpoints> read_known_checkpoints(const Ledger& ledger, std::uint32_t partition) {
  const auto keys = log_keys(ledger, partition);
  auto kept = read_kept(ledger, partition, keys);
  if (!kept) return unreadable(kept.error());
  const auto count = kept->size();
  KnownCheckpoints known{std::move(*kept), count};
  const auto latest = CheckpointBook(ledger, partition).latest();
  if (!latest) return known;
  auto last = signed_by(ledger, partition, keys, *latest);
  if (!last) return unreadable("the last checkpoint signed: " + last.error());
  if (known.all.empty() || last->checkpoint.size > known.all.back().checkpoint.size)
    known.all.push_back(std::move(*last));
  return known;
}

Parsed<std::vector<ledger::SignedBy>> read_checkpoints(const Ledger& ledger,
                                                       std::uint32_t partition) {
  auto known = read_known_checkpoints(ledger, partition);
  if (!known) return unreadable(known.error());
  return std::move(known->all);
}

std::optional<std::string> last_kept_note(const lmdb::LedgerDirectory& directory,
                                          std::uint32_t partition) {
  constexpr std::streamoff tail = 2 * (ledger::SignedNote::max_bytes + between.size());
  std::ifstream in(checkpoint_file(directory, partition), std::ios::binary | std::ios::ate);
  if (!in) return std::nullopt;
  in.seekg(std::max(std::streamoff{0}, std::streamoff{in.tellg()} - tail));
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const auto end = text.rfind(end_of_note);
  if (end == text.npos) return std::nullopt;
  const auto before = end == 0 ? text.npos : text.rfind(end_of_note, end - 1);
  const auto begin = before == text.npos ? 0 : before + end_of_note.size();
  return text.substr(begin, end + 1 - begin);
}

void keep_note(const Ledger& ledger, std::uint32_t partition, std::string_view note) {
  append_durably(checkpoint_file(ledger.directory, partition),
                 std::string(note) + std::string(between));
}

Checkpoints::Checkpoints(const Ledger& ledger, const std::filesystem::path& file)
    : ledger_(ledger),
      file_(file.empty() ? operator_key_file(ledger.directory) : file),
      key_(file.empty() ? find_operator_key(ledger.directory) : read_signing_key(file)),
      operator_keys_(ledger) {
  if (file.empty()) return;
  if (const auto why = objection()) throw UsageError(*why);
}

ledger::LogKeys Checkpoints::keys(std::uint32_t partition) const {
  const std::scoped_lock lock(keys_mutex_);
  return operator_keys_.now().of_log(partition);
}

std::optional<std::string> Checkpoints::objection() const {
  if (!key_)
    return "checkpoints are signed with a key of the operator, and there is none in " +
           file_.string() + "; run this where it is, or give --key FILE";
  const std::scoped_lock lock(keys_mutex_);
  const auto may = operator_keys_.now().may_sign(key_->public_key());
  return may ? std::nullopt : std::optional(file_.string() + " " + may.error());
}

std::string Checkpoints::sign(std::uint32_t partition, const EntryChain& chain) const {
  if (const auto why = objection()) throw Refused(*why);
  return CheckpointBook(ledger_, partition).sign(chain, *key_);
}

/// Whether the last checkpoint is not signed with the key that is here. What a key signed that is
/// revoked one day should by then be signed with this one too.
bool Checkpoints::is_anothers(std::uint32_t partition) const {
  const CheckpointBook book(ledger_, partition);
  const auto latest = book.latest();
  const auto parsed = latest ? ledger::SignedNote::from_text(*latest)
                             : Parsed<ledger::SignedNote>(unreadable("there is none"));
  return parsed && !claimed_signature(*parsed, {book.origin(), key_->public_key()});
}

Sequence& Checkpoints::last_kept(std::uint32_t partition) {
  const auto known = last_kept_.find(partition);
  if (known != last_kept_.end()) return known->second;
  const auto kept = read_kept(ledger_, partition, keys(partition));
  return last_kept_[partition] = kept && !kept->empty() ? kept->back().checkpoint.size : 0;
}

Sequence Checkpoints::last_kept_size(std::uint32_t partition) {
  const std::scoped_lock lock(mutex_);
  return last_kept(partition);
}

std::optional<std::string> Checkpoints::keep(std::uint32_t partition, const EntryChain& chain,
                                             bool at_the_end) {
  if (!key_) return std::nullopt;
  const std::scoped_lock lock(mutex_);
  auto& last = last_kept(partition);
  const bool replaces = last != 0 && chain.size() >= last && looked_at_.insert(partition).second &&
                        is_anothers(partition);
  const bool due = replaces || chain.size() >= last + (at_the_end ? 1 : entries_between);
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
  } catch (const Refused& refused) {  // once for all partitions: it is of the key
    if (refused_.empty()) say(fmt::format("no checkpoints are signed here: {}", refused.what()));
    refused_.insert(partition);
  }
  return std::nullopt;
}

}  // namespace braid::cli
