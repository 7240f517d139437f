#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace braid::lmdb {

// LMDB's data file, version 1, as 0.9 writes it on a 64-bit little-endian machine. LMDB itself
// follows what a file says wherever that leads, so a damaged file may crash it; what reads the
// history reads these pages with every step checked.
//
//   file  = meta meta page*         both metas hold a snapshot; the one with the greater
//   transaction is the present page  = head (branch | leaf | overflow) leaf  = offsets (2 bytes
//   each, from the page's start, in key order) ... free ... nodes

struct PageHead {
  std::uint64_t number;
  std::uint16_t unused;
  std::uint16_t kind;
  std::uint16_t lower;  ///< end of the offsets; in an overflow page lower and upper are the number
                        ///< of pages it spans
  std::uint16_t upper;  ///< begin of the nodes
};
static_assert(sizeof(PageHead) == 16);

enum PageKind : std::uint16_t { branch_page = 1, leaf_page = 2, overflow_page = 4, meta_page = 8 };

struct NodeHead {
  std::uint16_t low,
      high;  ///< leaf: size of the value; branch: the child's number, with `flags` on top
  std::uint16_t flags;
  std::uint16_t key_bytes;
};
static_assert(sizeof(NodeHead) == 8);

/// In a leaf: the value is the number of the overflow page that has it.
inline constexpr std::uint16_t value_is_elsewhere = 1;

struct TreeHead {
  std::uint32_t page_bytes;  ///< in the first tree of a meta page
  std::uint16_t flags;
  std::uint16_t depth;
  std::uint64_t branch_pages, leaf_pages, overflow_pages;
  std::uint64_t entries;
  std::uint64_t root;  ///< page number; `no_page` where the tree is empty
};
static_assert(sizeof(TreeHead) == 48);

inline constexpr std::uint64_t no_page = ~std::uint64_t{0};

struct MetaHead {
  PageHead page;
  std::uint32_t magic;
  std::uint32_t version;
  std::uint64_t address, map_bytes;
  TreeHead free, main;
  std::uint64_t last_page;
  std::uint64_t transaction;
};
static_assert(sizeof(MetaHead) == 152);

/// Two meta pages of the smallest page that Linux has.
inline constexpr std::size_t smallest_file_bytes = 8192;

/// Refuses a data file whose two meta pages LMDB had better not believe. A file that is missing, or
/// was cut short while it was made, is fine: nothing was recorded in it. Throws HistoryBroken,
/// IoFault.
void check_file_head(const std::filesystem::path& data_file);
/// Refuses a file that ends before its last page, which would crash whoever reads it. For what LMDB
/// has copied whole: a file that it writes may leave its last pages out. Throws HistoryBroken, IoFault.
void check_file_end(const std::filesystem::path& data_file);

}  // namespace braid::lmdb
