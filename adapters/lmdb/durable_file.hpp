#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace braid::lmdb {

/// Makes the folder and those above it, mode 0700, where they are missing. Throws IoFault,
/// StorageFull.
void make_folder(const std::filesystem::path& folder);

/// The names in the folder, and the folder's own, survive a power cut when it returns. Throws
/// IoFault.
void sync_folder(const std::filesystem::path& folder);

/// Replaces the file's content in one step: after a kill or a power cut the file holds the old text
/// or the new one. Throws IoFault, StorageFull.
void replace_file(const std::filesystem::path& file, std::string_view text);

/// The first `max_bytes` of a file; nothing where there is no such file. Throws IoFault.
[[nodiscard]] std::optional<std::string> read_file(const std::filesystem::path& file,
                                                   std::size_t max_bytes = 4096);

/// Writes over what the file holds, durably, and removes it; nothing happens where there is none.
/// Under a second name it stays, written over. Throws IoFault.
void destroy_file(const std::filesystem::path& file);
/// Removes the name, durably; nothing happens where there is none. Throws IoFault.
void remove_file(const std::filesystem::path& file);
/// Whether both names are there and of one file.
[[nodiscard]] bool are_one_file(const std::filesystem::path& a, const std::filesystem::path& b);

/// A file descriptor that closes itself.
class Descriptor {
 public:
  /// `flags` as open(2), O_CLOEXEC added; -1 where it fails, errno says why.
  Descriptor(const std::filesystem::path& path, int flags) noexcept;
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;

  [[nodiscard]] int get() const noexcept { return fd_; }
  [[nodiscard]] bool valid() const noexcept { return fd_ >= 0; }

 private:
  int fd_;
};

}  // namespace braid::lmdb
