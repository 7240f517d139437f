#include "tools/braid/verified_before.hpp"

#include <fmt/format.h>

#include <fstream>
#include <future>
#include <vector>

#include "adapters/lmdb/durable_file.hpp"
#include "adapters/lmdb/faults.hpp"
#include "projections/projection.hpp"
#include "projections/worker.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
namespace {

constexpr std::string_view format_line = "braid verification 2";
constexpr std::size_t bytes_at_a_time = 4 << 20;

std::filesystem::path file_of(const std::filesystem::path& store) { return store / "data.mdb"; }

/// Reads a store's file, whoever has it open; `with` gets each piece.
template <class With>
Digest digest_of_file(const std::filesystem::path& file, With&& with) {
  std::ifstream in(file, std::ios::binary);
  if (!in) lmdb::throw_errno("read", file);
  std::vector<char> piece(bytes_at_a_time);
  Sha256 sum;
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() != 0) {
    const std::string_view read(piece.data(), static_cast<std::size_t>(in.gcount()));
    const auto bytes = as_bytes(read);
    sum.update(bytes);
    with(bytes);
  }
  if (in.bad()) lmdb::throw_errno("read", file);
  return sum.digest();
}

Digest digest_of_store(const std::filesystem::path& store) {
  return digest_of_file(file_of(store), [](Bytes) {});
}

/// Copies a store and digests it on the way.
Digest copy_store(const std::filesystem::path& from, const std::filesystem::path& to) {
  lmdb::make_folder(to);
  std::ofstream out(file_of(to), std::ios::binary);
  const auto digest = digest_of_file(file_of(from), [&](Bytes bytes) {
    out.write(as_text(bytes).data(), static_cast<std::streamsize>(bytes.size()));
  });
  out.close();
  if (!out) lmdb::throw_fault(errno != 0 ? errno : ENOSPC, "write", file_of(to));
  return digest;
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
                                      std::span<const ledger::KnownRoot> checkpoints,
                                      const Files& files) const {
  const auto text = head_of_record() +
              fmt::format("entries {}\nroot {}\ncheckpoints {}\n", entries, root.hex(),
                          digest_of(checkpoints, entries).hex()) +
              fmt::format("state {}\nviews {}\n", files.state.hex(), files.views.hex());
  return text + "sha256 " + sha256(as_bytes(text)).hex() + "\n";
}

Sequence VerifiedBefore::begin(std::span<const ledger::KnownRoot> checkpoints) {
  lmdb::make_folder(folder_);
  std::filesystem::remove_all(next_);
  if (!std::filesystem::exists(current_) && std::filesystem::exists(old_))
    std::filesystem::rename(old_, current_);  // a run was killed between two renames
  lmdb::make_folder(next_);
  const auto entries = std::filesystem::exists(current_) ? copy(checkpoints) : 0;
  state_ = std::make_unique<lmdb::RowStore>(next_ / "state", lmdb::RowStore::Sync::at_the_end);
  views_ = std::make_unique<lmdb::RowStore>(next_ / "views", lmdb::RowStore::Sync::at_the_end);
  return entries;
}

Sequence VerifiedBefore::copy(std::span<const ledger::KnownRoot> checkpoints) const {
  for (const auto* store : {"state", "views"})
    if (!std::filesystem::exists(file_of(current_ / store)))
      throw Refused(not_believed("a part of it is missing"));
  auto state = std::async(std::launch::async,
                          [&] { return copy_store(current_ / "state", next_ / "state"); });
  const auto views = copy_store(current_ / "views", next_ / "views");
  return check_record(checkpoints, {state.get(), views});
}

std::string VerifiedBefore::not_believed(std::string_view why) const {
  return fmt::format(
      "{}: {}. Nothing of it is believed: verify from the beginning with --resume and an empty "
      "folder",
      current_.string(), why);
}

Sequence VerifiedBefore::check_record(std::span<const ledger::KnownRoot> checkpoints,
                                      const Files& files) const {
  const auto record = lmdb::read_file(current_ / "record").value_or("");
  const auto refuse = [&](std::string_view why) { throw Refused(not_believed(why)); };
  if (!record.starts_with(head_of_record()))
    refuse(record.starts_with("braid verification ")
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
  if (record != record_of(*entries, *root, checkpoints, files))
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
  state_->make_durable();
  views_->make_durable();
  state_.reset();
  views_.reset();
  auto state = std::async(std::launch::async, [&] { return digest_of_store(next_ / "state"); });
  const auto views = digest_of_store(next_ / "views");
  const auto record = record_of(verified.entries, verified.chain.root(), checkpoints,
                                {.state = state.get(), .views = views});
  lmdb::replace_file(next_ / "record", record);
  std::filesystem::remove_all(old_);
  if (std::filesystem::exists(current_)) std::filesystem::rename(current_, old_);
  std::filesystem::rename(next_, current_);
  lmdb::sync_folder(folder_);
  std::filesystem::remove_all(old_);
  return sha256(as_bytes(record)).hex();
}

}  // namespace braid::cli
