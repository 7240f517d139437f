#pragma once

namespace braid::support {

/// A disk that fails once, from here on, in whatever this program writes: pwrite and fdatasync are
/// this executable's own.
enum class DiskFailure {
  none,
  sync_fails,         ///< the next fdatasync gives EIO
  small_write_fails,  ///< the next pwrite of less than 200 bytes does: LMDB's last step of a
                      ///< commit, the meta page
};
void fail_disk(DiskFailure failure);

}  // namespace braid::support
