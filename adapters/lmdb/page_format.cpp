#include "adapters/lmdb/page_format.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <bit>
#include <chrono>
#include <string>
#include <thread>

#include "adapters/lmdb/durable_file.hpp"
#include "adapters/lmdb/faults.hpp"

namespace braid::lmdb {
namespace {

constexpr std::uint32_t magic = 0xBEEF'C0DE;
constexpr std::uint32_t data_version = 1;
constexpr std::uint16_t free_tree_flags = 8;  // keys are native integers
constexpr std::uint64_t most_map_bytes = std::uint64_t{1} << 47;
constexpr unsigned most_depth = 32;

[[noreturn]] void damaged(const std::filesystem::path& file, const char* what) {
  throw HistoryBroken(
      file.string() + " is damaged: " + what +
      ". What lies under log/ is the history: keep the file as it is, and restore it from a copy "
      "or a mirror. Anything else is made from the log: remove the folder and project again");
}

MetaHead read_meta(const Descriptor& in, const std::filesystem::path& file, std::uint64_t offset) {
  MetaHead meta{};
  ssize_t got = ::pread(in.get(), &meta, sizeof meta, static_cast<off_t>(offset));
  if (got < 0) throw_errno("read", file);
  if (got != sizeof meta) damaged(file, "it ends within its first two pages");
  return meta;
}

bool tree_is_sane(const TreeHead& tree, const MetaHead& meta) {
  return tree.depth < most_depth && (tree.root == no_page || tree.root <= meta.last_page) &&
         (tree.root == no_page) == (tree.depth == 0);
}

void check_meta(const MetaHead& meta, const std::filesystem::path& file, std::uint64_t number) {
  if (meta.magic != magic || meta.page.kind != meta_page)
    damaged(file, "it does not begin as an LMDB file");
  if (meta.version != data_version)
    throw IoFault(file.string() +
                  " was written by another version of LMDB; use the braid that wrote it");
  auto page_bytes = meta.free.page_bytes;
  if (!std::has_single_bit(page_bytes) || page_bytes < 512 || page_bytes > 65'536)
    damaged(file, "its page size is impossible");
  bool sane = meta.page.number == number && meta.free.flags == free_tree_flags &&
              meta.main.flags == 0 && meta.map_bytes <= most_map_bytes &&
              meta.last_page < most_map_bytes / page_bytes;
  if (!sane) damaged(file, "one of its first two pages contradicts itself");
}

/// The one that counts.
MetaHead check_both(const Descriptor& in, const std::filesystem::path& file) {
  auto first = read_meta(in, file, 0);
  check_meta(first, file, 0);
  auto second = read_meta(in, file, first.free.page_bytes);
  check_meta(second, file, 1);
  if (first.free.page_bytes != second.free.page_bytes) damaged(file, "its page size is impossible");
  // The past one's trees need not make sense: LMDB puts back half of it when its last write fails.
  const auto& present = second.transaction > first.transaction ? second : first;
  if (!tree_is_sane(present.free, present) || !tree_is_sane(present.main, present))
    damaged(file, "one of its first two pages contradicts itself");
  return present;
}

}  // namespace

void check_file_head(const std::filesystem::path& data_file) {
  std::error_code ignored;
  auto bytes = std::filesystem::file_size(data_file, ignored);
  if (ignored || bytes < smallest_file_bytes) return;
  Descriptor in(data_file, O_RDONLY);
  if (!in.valid()) throw_errno("read", data_file);
  for (int attempt = 0;; ++attempt) try {
      check_both(in, data_file);
      return;
    } catch (const HistoryBroken&) {
      if (attempt == 3)
        throw;  // until then a live writer may have been met in the middle of a page
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

void check_file_end(const std::filesystem::path& data_file) {
  const Descriptor in(data_file, O_RDONLY);
  if (!in.valid()) throw_errno("read", data_file);
  const auto meta = check_both(in, data_file);
  if (std::filesystem::file_size(data_file) < (meta.last_page + 1) * meta.free.page_bytes)
    damaged(data_file, "it ends before its last page");
}

}  // namespace braid::lmdb
