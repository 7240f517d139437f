#include "adapters/lmdb/log_pages.hpp"

#include <sys/mman.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>
#include <string>

namespace braid::lmdb {
namespace {

static_assert(std::endian::native == std::endian::little,
              "page_format.hpp states the little-endian layout");

constexpr MDB_dbi main_table = 1;  // LMDB's number of the table without a name

template <class T>
T read_as(const std::byte* at) noexcept {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

Sequence big_endian(const std::byte* at) noexcept {
  return __builtin_bswap64(read_as<std::uint64_t>(at));
}

std::uint32_t size_of(const NodeHead& head) noexcept {
  return head.low | std::uint32_t{head.high} << 16;
}

}  // namespace

LogPages::LogPages(const Environment& environment) : file_(environment.folder() / "data.mdb") {
  expect_success(mdb_env_get_fd(environment.handle(), &fd_), "read", environment.folder());
}

LogPages::~LogPages() {
  if (map_ != nullptr) ::munmap(const_cast<std::byte*>(map_), map_bytes_);
}

void LogPages::broken(const char* what) const {
  throw HistoryBroken(
      file_.string() + " is damaged at entry " + std::to_string(sequence_) + ": " + what +
      ". Stop, keep the file as it is, and restore the ledger from a copy or a mirror");
}

void LogPages::cover_file() {
  struct stat about{};
  if (::fstat(fd_, &about) != 0) throw_errno("read", file_);
  file_bytes_ = static_cast<std::size_t>(about.st_size);
  if (file_bytes_ <= map_bytes_) return;
  if (map_ != nullptr) ::munmap(const_cast<std::byte*>(map_), map_bytes_);
  map_ = nullptr;
  map_bytes_ = std::max<std::size_t>(file_bytes_ * 2, 1 << 20);  // address space alone
  void* mapped = ::mmap(nullptr, map_bytes_, PROT_READ, MAP_SHARED, fd_, 0);
  if (mapped == MAP_FAILED) {
    map_bytes_ = 0;
    throw_errno("map", file_);
  }
  map_ = static_cast<const std::byte*>(mapped);
}

// A moment's own meta page is written over by the second commit after it. That a tree read from it
// is whole shows in that LMDB, which looked when the moment began, counts the same.
std::optional<TreeHead> LogPages::tree_at(const ReadTransaction& moment) const {
  auto stat = moment.stat(main_table);
  if (!stat || file_bytes_ < 2 * std::size_t{stat->ms_psize})
    broken("the file ends within its first two pages");
  const auto* meta = map_ + (moment.id() & 1) * stat->ms_psize;
  auto before = read_as<std::uint64_t>(meta + offsetof(MetaHead, transaction));
  auto tree = read_as<TreeHead>(meta + offsetof(MetaHead, main));
  std::atomic_thread_fence(std::memory_order_acquire);
  auto after = read_as<std::uint64_t>(meta + offsetof(MetaHead, transaction));
  bool same = before == moment.id() && after == moment.id() && tree.depth == stat->ms_depth &&
              tree.entries == stat->ms_entries && tree.leaf_pages == stat->ms_leaf_pages &&
              tree.branch_pages == stat->ms_branch_pages &&
              tree.overflow_pages == stat->ms_overflow_pages;
  if (!same) return std::nullopt;
  tree.page_bytes = stat->ms_psize;
  return tree;
}

LogPages::Level LogPages::load(std::uint64_t page, PageKind kind) const {
  if (page >= file_bytes_ / page_bytes_) broken("a page lies beyond the end of the file");
  const auto* start = map_ + page * page_bytes_;
  auto head = read_as<PageHead>(start);
  if (head.number != page || head.kind != kind)
    broken("a page is not the one that its parent means");
  if (head.lower <= sizeof(PageHead) || head.lower % 2 != 0 || head.lower > head.upper ||
      head.upper > page_bytes_)
    broken("a page contradicts itself");
  return {start, static_cast<unsigned>((head.lower - sizeof(PageHead)) / 2), 0};
}

const NodeHead& LogPages::node(const Level& level, unsigned index) const {
  auto upper = read_as<PageHead>(level.page).upper;
  auto offset = read_as<std::uint16_t>(level.page + sizeof(PageHead) + 2 * std::size_t{index});
  if (offset % 2 != 0 || offset < upper || offset + sizeof(NodeHead) > page_bytes_)
    broken("an offset leads out of its page");
  const auto& head = *reinterpret_cast<const NodeHead*>(level.page + offset);
  if (offset + sizeof(NodeHead) + head.key_bytes > page_bytes_)
    broken("a key leads out of its page");
  return head;
}

Sequence LogPages::key(const Level& level, unsigned index) const {
  const auto& head = node(level, index);
  if (head.key_bytes != sizeof(Sequence)) broken("a key is no sequence");
  return big_endian(reinterpret_cast<const std::byte*>(&head + 1));
}

std::uint64_t LogPages::child(const Level& level, unsigned index) const {
  const auto& head = node(level, index);
  return size_of(head) | std::uint64_t{head.flags} << 32;
}

Bytes LogPages::value(const Level& level, unsigned index) const {
  const auto& head = node(level, index);
  const auto* start = reinterpret_cast<const std::byte*>(&head + 1) + head.key_bytes;
  auto room = static_cast<std::size_t>(level.page + page_bytes_ - start);
  std::size_t bytes = size_of(head);
  if (bytes == 0 || bytes > max_entry_bytes) broken("it has an impossible length");
  if (head.flags == value_is_elsewhere && room >= sizeof(std::uint64_t))
    return value_elsewhere(read_as<std::uint64_t>(start), bytes);
  if (head.flags != 0 || bytes > room) broken("it leads out of its page");
  return {start, bytes};
}

Bytes LogPages::value_elsewhere(std::uint64_t page, std::size_t bytes) const {
  std::size_t pages = (sizeof(PageHead) + bytes + page_bytes_ - 1) / page_bytes_;
  if (page >= file_bytes_ / page_bytes_ || pages > file_bytes_ / page_bytes_ - page)
    broken("a page lies beyond the end of the file");
  const auto* start = map_ + page * page_bytes_;
  auto head = read_as<PageHead>(start);
  if (head.number != page || head.kind != overflow_page ||
      (head.lower | std::size_t{head.upper} << 16) != pages)
    broken("a page is not the one that its parent means");
  return {start + sizeof(PageHead), bytes};
}

void LogPages::descend(const TreeHead& tree, Sequence from) {
  depth_ = tree.depth;
  if (depth_ == 0 || depth_ > path_.size()) broken("the tree has an impossible depth");
  auto page = tree.root;
  for (unsigned d = 0; d + 1 < depth_; ++d) {
    auto& level = path_[d] = load(page, branch_page);
    unsigned low = 0;  // the first child has no key of its own: it holds all that is smaller
    unsigned high = level.keys;
    while (high - low > 1) {
      unsigned middle = low + (high - low) / 2;
      (key(level, middle) <= from ? low : high) = middle;
    }
    level.at = low;
    page = child(level, low);
  }
  auto& leaf = path_[depth_ - 1] = load(page, leaf_page);
  auto first = key(leaf, 0);
  if (first > from || from - first >= leaf.keys) broken("it is not where it must be");
  leaf.at = static_cast<unsigned>(from - first);
}

bool LogPages::next_leaf() {
  unsigned d = depth_ - 1;
  while (d > 0 && path_[d - 1].at + 1 >= path_[d - 1].keys) --d;
  if (d == 0) return false;
  ++path_[d - 1].at;
  for (; d < depth_; ++d)
    path_[d] =
        load(child(path_[d - 1], path_[d - 1].at), d + 1 == depth_ ? leaf_page : branch_page);
  return true;
}

bool LogPages::collect(const ReadTransaction& moment, Sequence from, std::size_t max_bytes,
                       std::vector<Bytes>& entries) {
  sequence_ = from;
  cover_file();
  auto tree = tree_at(moment);
  if (!tree) return false;
  if (from >= tree->entries) return true;
  page_bytes_ = tree->page_bytes;
  try {
    walk(*tree, max_bytes, entries);
  } catch (const HistoryBroken&) {
    if (sequence_ == from)
      throw;  // else what is whole comes first; the next call begins at the break
  }
  return true;
}

void LogPages::walk(const TreeHead& tree, std::size_t max_bytes, std::vector<Bytes>& entries) {
  const Sequence from = sequence_;
  std::size_t room = 0;
  descend(tree, from);
  do {
    for (auto& leaf = path_[depth_ - 1]; leaf.at < leaf.keys; ++leaf.at) {
      if (key(leaf, leaf.at) != sequence_) broken("another entry is in its place");
      auto entry = value(leaf, leaf.at);
      room += room_for(entry.size());
      if (room > max_bytes && sequence_ > from) return;
      entries.push_back(entry);
      if (++sequence_ == tree.entries) return;
    }
  } while (next_leaf());
  broken("the log ends before it");
}

}  // namespace braid::lmdb
