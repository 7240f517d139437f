#include "tools/braid/verified_before.hpp"

#include <fmt/format.h>

#include "adapters/lmdb/durable_file.hpp"
#include "events/table/view_digest.hpp"
#include "ledger/schema/state.rows.hpp"
#include "projections/projection.hpp"
#include "projections/worker.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
namespace {

constexpr std::string_view format_line = "braid verification 1";

Digest digest_of_state(const RowReader& rows) {
  std::vector<std::string_view> names;
  for (const auto& table : ledger::state_tables()) names.push_back(table.name);
  return view_digest(rows, names);
}

/// Rows and where they stand.
std::string digest_line(std::string_view name, const Digest& rows, const RowReader& store) {
  const auto position = store.position();
  return fmt::format("{} {} {}\n", name, rows.hex(),
                     sha256(position ? *position : Bytes()).hex());
}

/// The checkpoints that a history of so many entries has passed through.
Digest digest_of(std::span<const ledger::KnownRoot> checkpoints, Sequence entries) {
  std::string text;
  for (const auto& known : checkpoints)
    if (known.size <= entries) text += fmt::format("{} {}\n", known.size, known.root.hex());
  return sha256(as_bytes(text));
}

std::optional<Sequence> entries_in(std::string_view record) {
  constexpr std::string_view name = "\nentries ";
  const auto at = record.find(name);
  if (at == record.npos) return std::nullopt;
  return std::strtoull(record.data() + at + name.size(), nullptr, 10);
}

}  // namespace

VerifiedBefore::VerifiedBefore(const std::filesystem::path& folder, const Ledger& ledger,
                               std::uint32_t partition)
    : folder_(std::filesystem::absolute(folder)),
      current_(folder_ / name_of_partition(partition)),
      next_(current_.string() + ".next"),
      old_(current_.string() + ".old"),
      ledger_(ledger),
      partition_(partition) {}

std::string VerifiedBefore::head_of_record() const {
  const auto versions = sha256(as_bytes(projections::views_stamp())).hex();
  return fmt::format("{}\nledger {}\noperator key {}\npartition {}\nviews of {}\n", format_line,
                     ledger_.founding.name, ledger_.founding.operator_key.hex(),
                     name_of_partition(partition_), versions);
}

std::string VerifiedBefore::record_of(Sequence entries, const Digest& root,
                                      std::span<const ledger::KnownRoot> checkpoints) const {
  auto text = head_of_record() +
              fmt::format("entries {}\nroot {}\ncheckpoints {}\n", entries, root.hex(),
                          digest_of(checkpoints, entries).hex()) +
              digest_line("state", digest_of_state(*state_), *state_) +
              digest_line("views", projections::views_digest(*views_), *views_);
  return text + "sha256 " + sha256(as_bytes(text)).hex() + "\n";
}

Sequence VerifiedBefore::begin(std::span<const ledger::KnownRoot> checkpoints) {
  lmdb::make_folder(folder_);
  std::filesystem::remove_all(next_);
  if (!std::filesystem::exists(current_) && std::filesystem::exists(old_))
    std::filesystem::rename(old_, current_);  // a run was killed between two renames
  if (std::filesystem::exists(current_))
    std::filesystem::copy(current_, next_, std::filesystem::copy_options::recursive);
  else
    lmdb::make_folder(next_);
  state_ = std::make_unique<lmdb::RowStore>(next_ / "state", lmdb::RowStore::Sync::at_the_end);
  views_ = std::make_unique<lmdb::RowStore>(next_ / "views", lmdb::RowStore::Sync::at_the_end);
  return std::filesystem::exists(current_) ? check_record(checkpoints) : 0;
}

Sequence VerifiedBefore::check_record(std::span<const ledger::KnownRoot> checkpoints) const {
  const auto record = lmdb::read_file(current_ / "record").value_or("");
  const auto refuse = [&](std::string_view why) {
    throw Refused(fmt::format(
        "{}: {}. Nothing of it is believed: verify from the beginning with --resume and an empty "
        "folder",
        current_.string(), why));
  };
  if (!record.starts_with(head_of_record()))
    refuse(record.starts_with(format_line)
               ? "it is of another ledger or partition, or of another version of Braid"
               : "it holds no record of a verification");
  const auto entries = entries_in(record);
  if (!entries) refuse("its record is damaged");
  const auto root_at = record.find("\nroot ");
  const auto root = root_at == record.npos
                        ? Parsed<Digest>(unreadable("none"))
                        : Digest::from_hex(std::string_view(record).substr(root_at + 6, 64));
  if (!root) refuse("its record is damaged");
  if (record.find(fmt::format("\ncheckpoints {}\n", digest_of(checkpoints, *entries).hex())) ==
      record.npos)
    refuse("there are other checkpoints of the part that was verified than there were then");
  if (record != record_of(*entries, *root, checkpoints))
    refuse("what lies there is not what the verification left: it was altered");
  return *entries;
}

void VerifiedBefore::forget_views() {
  views_.reset();
  std::filesystem::remove_all(next_ / "views");
  views_ = std::make_unique<lmdb::RowStore>(next_ / "views", lmdb::RowStore::Sync::at_the_end);
}

std::string VerifiedBefore::keep(const ledger::Verified& verified,
                                 std::span<const ledger::KnownRoot> checkpoints) {
  const auto record = record_of(verified.entries, verified.chain.root(), checkpoints);
  state_->make_durable();
  views_->make_durable();
  state_.reset();
  views_.reset();
  lmdb::replace_file(next_ / "record", record);
  std::filesystem::remove_all(old_);
  if (std::filesystem::exists(current_)) std::filesystem::rename(current_, old_);
  std::filesystem::rename(next_, current_);
  lmdb::sync_folder(folder_);
  std::filesystem::remove_all(old_);
  return sha256(as_bytes(record)).hex();
}

}  // namespace braid::cli
