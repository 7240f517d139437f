#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "adapters/lmdb/row_store.hpp"
#include "events/digest.hpp"
#include "events/table/row_overlay.hpp"

namespace braid::cli {

/// Rows that are kept from one run to the next: a base that is not touched again, and above it what
/// has changed since, which each run copies and goes on with. Once that has grown to a quarter of the
/// base, both become a new base. So a run writes by what has changed, and one that is killed or finds
/// something leaves what was there:
///
///     FOLDER/<name>.<base>/   FOLDER/<name>.<base>.<since>/
///
/// Thread: one.
class KeptRows {
 public:
  /// What counts of those folders, in somebody's record. A number is 0 where there is none.
  struct Kept {
    std::uint64_t base = 0;
    Digest base_digest;  ///< SHA-256 of the file
    std::uint64_t since = 0;
    Digest since_digest;
    bool operator==(const Kept&) const = default;
  };

  KeptRows(std::filesystem::path folder, std::string name);

  /// Begins with no rows. `before`: what counts so far, and is left alone.
  void begin(const Kept& before);
  /// Whether all that counts is there.
  [[nodiscard]] bool is_there(const Kept& kept) const;
  /// Goes on from what is kept, which is there. False, with nothing opened, where it was altered:
  /// all of it is read and digested.
  [[nodiscard]] bool go_on(const Kept& kept);

  [[nodiscard]] RowStore& rows() { return overlay_ ? static_cast<RowStore&>(*overlay_) : *own_; }

  /// Makes the rows durable and closes them. What counts from now on, once it is recorded. Throws
  /// IoFault where the base was altered meanwhile, StorageFull.
  Kept keep();
  /// Removes what does not count, as far as it can be: the next run tries again.
  void remove_all_but(const Kept& kept) const;

 private:
  [[nodiscard]] std::filesystem::path base(std::uint64_t number) const;
  [[nodiscard]] std::filesystem::path since(const Kept& kept) const;
  Kept settle();

  std::filesystem::path folder_;
  std::string name_;
  Kept kept_;  ///< what this run writes
  std::unique_ptr<lmdb::RowSnapshot> below_;
  std::unique_ptr<lmdb::RowStore> own_;  ///< all rows; or what is above others
  std::unique_ptr<RowOverlay> overlay_;
};

}  // namespace braid::cli
