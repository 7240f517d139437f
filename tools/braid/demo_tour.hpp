#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace braid::cli {

/// A command that the demo runs as if it were typed, and what it is there to show.
struct Stop {
  std::string sentence;
  std::vector<std::string> words;  ///< behind "braid"
  int exit = 0;                    ///< what it must end with
};

/// Prints each sentence and command, and runs it. Throws Refused where one ends otherwise than it
/// must.
void tour(std::span<const Stop> stops);

/// As typed in a shell: "braid view health".
std::string typed(const std::vector<std::string>& words);

/// A copy of the ledger with one bit of one entry of its first place altered. Removed at the end of
/// this object.
class AlteredCopy {
 public:
  explicit AlteredCopy(const std::filesystem::path& ledger);
  ~AlteredCopy();
  AlteredCopy(const AlteredCopy&) = delete;
  AlteredCopy& operator=(const AlteredCopy&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::uint64_t entry() const { return entry_; }

 private:
  std::filesystem::path path_;
  std::uint64_t entry_ = 0;
};

}  // namespace braid::cli
