#pragma once
#include <array>
#include <filesystem>
#include <optional>
#include <vector>

#include "adapters/lmdb/page_format.hpp"
#include "adapters/lmdb/raii.hpp"
#include "events/entry_source.hpp"

namespace braid::lmdb {

/// Reads a log's entries straight from the pages of its data file and believes none of them: a page
/// that is not what its parent says, an offset that leads out of its page, a key that is not the
/// next sequence throw HistoryBroken with the sequence. LMDB's own cursor would follow them and may
/// crash. Thread: its reader's own.
class LogPages {
 public:
  explicit LogPages(const Environment& environment);
  ~LogPages();
  LogPages(const LogPages&) = delete;
  LogPages& operator=(const LogPages&) = delete;

  /// Appends to `entries` those from `from` on, up to `max_bytes` but at least one where there is
  /// one. They lie in the file's pages: good while `moment` is neither reset nor renewed, and until
  /// the next call. False where the present is too far from `moment` to read it: renew and call
  /// again. (Of a whole file, two commits in the microsecond since it began.)
  [[nodiscard]] bool collect(const ReadTransaction& moment, Sequence from, std::size_t max_bytes,
                             std::vector<Bytes>& entries);

  /// What an entry takes of a reader's memory.
  static constexpr std::size_t room_for(std::size_t entry_bytes) noexcept {
    return (entry_bytes + 7) / 8 * 8;
  }

 private:
  struct Level {
    const std::byte* page;
    unsigned keys;
    unsigned at;
  };

  void cover_file();
  [[nodiscard]] std::optional<TreeHead> tree_at(const ReadTransaction& moment) const;
  [[nodiscard]] Level load(std::uint64_t page, PageKind kind) const;
  [[nodiscard]] const NodeHead& node(const Level& level, unsigned index) const;
  [[nodiscard]] Sequence key(const Level& level, unsigned index) const;
  [[nodiscard]] std::uint64_t child(const Level& level, unsigned index) const;
  [[nodiscard]] Bytes value(const Level& level, unsigned index) const;
  [[nodiscard]] Bytes value_elsewhere(std::uint64_t page, std::size_t bytes) const;
  void descend(const TreeHead& tree, Sequence from);
  bool next_leaf();
  void walk(const TreeHead& tree, std::size_t max_bytes, std::vector<Bytes>& entries);
  [[noreturn]] void broken(const char* what) const;

  std::filesystem::path file_;
  int fd_;
  const std::byte* map_ = nullptr;
  std::size_t map_bytes_ = 0;
  std::size_t file_bytes_ = 0;
  std::size_t page_bytes_ = 0;
  Sequence sequence_ = 0;  ///< being looked for: what `broken` names
  std::array<Level, 32> path_{};
  unsigned depth_ = 0;
};

}  // namespace braid::lmdb
