#include "tools/braid/kept_rows.hpp"

#include <fstream>
#include <vector>

#include "adapters/lmdb/durable_file.hpp"
#include "adapters/lmdb/faults.hpp"

namespace braid::cli {
namespace {

constexpr std::size_t bytes_at_a_time = 4 << 20;
constexpr std::uintmax_t most_since = 4;  ///< the base is so many times as large, or is made anew

using Sync = lmdb::RowStore::Sync;

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
  std::filesystem::remove_all(to);  // what a run that was killed left
  lmdb::make_folder(to);
  std::ofstream out(file_of(to), std::ios::binary);
  const auto digest = digest_of_file(file_of(from), [&](Bytes bytes) {
    const auto text = as_text(bytes);
    errno = 0;
    if (!out.write(text.data(), static_cast<std::streamsize>(text.size())))
      lmdb::throw_fault(errno != 0 ? errno : ENOSPC, "write", file_of(to));
  });
  out.close();
  if (!out) lmdb::throw_fault(errno != 0 ? errno : ENOSPC, "write", file_of(to));
  lmdb::sync_folder(to);
  return digest;
}

}  // namespace

KeptRows::KeptRows(std::filesystem::path folder, std::string name)
    : folder_(std::move(folder)), name_(std::move(name)) {}

std::filesystem::path KeptRows::base(std::uint64_t number) const {
  return folder_ / (name_ + "." + std::to_string(number));
}

std::filesystem::path KeptRows::since(const Kept& kept) const {
  return base(kept.base).string() + "." + std::to_string(kept.since);
}

void KeptRows::begin(const Kept& before) {
  overlay_.reset();
  own_.reset();
  below_.reset();
  kept_ = {.base = before.base + 1, .base_digest = {}, .since = 0, .since_digest = {}};
  std::filesystem::remove_all(base(kept_.base));
  own_ = std::make_unique<lmdb::RowStore>(base(kept_.base), Sync::at_the_end);
}

bool KeptRows::is_there(const Kept& kept) const {
  return std::filesystem::exists(file_of(base(kept.base))) &&
         (kept.since == 0 || std::filesystem::exists(file_of(since(kept))));
}

bool KeptRows::go_on(const Kept& kept) {
  kept_ = kept;
  ++kept_.since;
  std::filesystem::remove_all(since(kept_));
  if (digest_of_store(base(kept.base)) != kept.base_digest) return false;
  if (kept.since != 0 && copy_store(since(kept), since(kept_)) != kept.since_digest) return false;
  below_ = std::make_unique<lmdb::RowSnapshot>(base(kept.base));
  own_ = std::make_unique<lmdb::RowStore>(since(kept_), Sync::at_the_end);
  overlay_ = std::make_unique<RowOverlay>(*below_, *own_);
  return true;
}

KeptRows::Kept KeptRows::keep() {
  const bool above = overlay_ != nullptr;
  own_->make_durable();
  overlay_.reset();
  if (above && std::filesystem::file_size(file_of(since(kept_))) * most_since >
                   std::filesystem::file_size(file_of(base(kept_.base))))
    return settle();
  below_.reset();
  own_.reset();
  if (above)
    kept_.since_digest = digest_of_store(since(kept_));
  else
    kept_.base_digest = digest_of_store(base(kept_.base));
  return kept_;
}

/// What is above goes into a copy of what is below.
KeptRows::Kept KeptRows::settle() {
  below_.reset();
  const Kept made{.base = kept_.base + 1, .base_digest = {}, .since = 0, .since_digest = {}};
  if (copy_store(base(kept_.base), base(made.base)) != kept_.base_digest)
    throw IoFault(base(kept_.base).string() + " was altered while it was used; nothing was kept");
  {
    lmdb::RowStore onto(base(made.base), Sync::at_the_end);
    RowOverlay::settle(*own_, own_->tables(), onto);
    onto.make_durable();
  }
  own_.reset();
  kept_ = made;
  kept_.base_digest = digest_of_store(base(made.base));
  return kept_;
}

void KeptRows::remove_all_but(const Kept& kept) const {
  std::vector<std::filesystem::path> others;
  std::error_code ignored;
  for (const auto& found : std::filesystem::directory_iterator(folder_, ignored))
    if (found.path().filename().string().starts_with(name_ + ".") &&
        (kept.base == 0 || found.path() != base(kept.base)) &&
        (kept.since == 0 || found.path() != since(kept)))
      others.push_back(found.path());
  for (const auto& other : others) std::filesystem::remove_all(other, ignored);
}

}  // namespace braid::cli
