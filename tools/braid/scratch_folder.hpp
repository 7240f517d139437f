#pragma once
#include <cstdlib>
#include <filesystem>
#include <string>

#include "events/faults.hpp"

namespace braid::cli {

/// An empty folder among the system's temporary files (TMPDIR), removed with all in it at the end.
class ScratchFolder {
 public:
  ScratchFolder() {
    auto pattern = (std::filesystem::temp_directory_path() / "braid-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
      throw IoFault("no folder can be made in " + std::filesystem::temp_directory_path().string() +
                    "; set TMPDIR to a folder that may be written");
    path_ = pattern;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace braid::cli
