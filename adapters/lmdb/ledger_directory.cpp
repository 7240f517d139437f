#include "adapters/lmdb/ledger_directory.hpp"

#include <charconv>
#include <string_view>

#include "adapters/lmdb/durable_file.hpp"
#include "adapters/lmdb/faults.hpp"
#include "events/entry_source.hpp"

namespace braid::lmdb {
namespace {

constexpr std::string_view format_word = "braid ledger ";
constexpr unsigned format_version = 1;

std::filesystem::path format_file(const std::filesystem::path& root) { return root / "FORMAT"; }

std::string folder_of(std::uint32_t partition) {
  return partition == register_partition ? "register" : std::to_string(partition);
}

// What a `create` that was stopped leaves behind does not count.
bool holds_nothing(const std::filesystem::path& root) {
  for (const auto& found : std::filesystem::directory_iterator(root))
    if (found.path().filename() != "FORMAT.new") return false;
  return true;
}

}  // namespace

tl::expected<LedgerDirectory, std::string> LedgerDirectory::create(
    const std::filesystem::path& root) try {
  auto whole = std::filesystem::absolute(root);
  if (std::filesystem::exists(format_file(whole)))
    return tl::unexpected(root.string() +
                          " is a ledger already; give a directory that does not exist yet");
  if (std::filesystem::exists(whole) && !std::filesystem::is_directory(whole))
    return tl::unexpected(root.string() + " is a file; give a directory that does not exist yet");
  if (std::filesystem::exists(whole) && !holds_nothing(whole))
    return tl::unexpected(root.string() +
                          " is not empty; give an empty directory, or one that does not exist yet");
  make_folder(whole);
  std::filesystem::permissions(whole, std::filesystem::perms::owner_all);
  replace_file(format_file(whole),
               std::string(format_word) + std::to_string(format_version) + "\n");
  return LedgerDirectory(whole);
} catch (const std::filesystem::filesystem_error& error) {
  throw_fault(error.code().value(), "make", root);
}

tl::expected<LedgerDirectory, std::string> LedgerDirectory::open(
    const std::filesystem::path& root) {
  auto whole = std::filesystem::absolute(root);
  auto text = read_file(format_file(whole));
  if (!text)
    return tl::unexpected(
        root.string() +
        " is no ledger: it has no file FORMAT. Give the ledger's directory, or make a "
        "ledger there with `braid init`");
  std::string_view rest = *text;
  unsigned version = 0;
  if (!rest.starts_with(format_word))
    rest = {};
  else
    rest.remove_prefix(format_word.size());
  auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), version);
  if (error != std::errc() || std::string_view(end, rest.data() + rest.size()) != "\n" ||
      version == 0)
    return tl::unexpected(format_file(root).string() + " does not say \"braid ledger 1\": " +
                          root.string() + " is no ledger, or FORMAT was altered");
  if (version > format_version)
    return tl::unexpected(root.string() + " is a ledger of version " + std::to_string(version) +
                          ", and this braid knows versions up to " +
                          std::to_string(format_version) + "; use a newer braid");
  return LedgerDirectory(whole);
}

std::filesystem::path LedgerDirectory::log(std::uint32_t partition) const {
  return root_ / "log" / folder_of(partition);
}
std::filesystem::path LedgerDirectory::state(std::uint32_t partition) const {
  return root_ / "state" / folder_of(partition);
}
std::filesystem::path LedgerDirectory::views(std::uint32_t partition) const {
  return root_ / "views" / folder_of(partition);
}
std::filesystem::path LedgerDirectory::snapshots(std::uint32_t partition) const {
  return root_ / "snapshots" / folder_of(partition);
}

std::filesystem::path LedgerDirectory::tree(std::uint32_t partition) const {
  return root_ / "tree" / folder_of(partition);
}

}  // namespace braid::lmdb
