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

/// How a process ends that `die_at_change` has ended.
inline constexpr int died = 99;

/// Ends this process, as a kill does, just before the `nth` call from here on that changes what is
/// on the disk: write, writev, pwrite, fsync, fdatasync, rename, link, unlink. Between two of them
/// nothing outlives a process, so these are all the moments at which a kill makes a difference.
void die_at_change(int nth);

}  // namespace braid::support
