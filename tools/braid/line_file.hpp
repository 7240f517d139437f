#pragma once
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace braid::cli {

/// A text file of lines that is read twice; "-" is standard input, kept in a file without a name
/// meanwhile. Memory is one line. Not for files that grow while they are read.
class LineFile {
 public:
  /// Longer lines are cut by this much plus one byte, so that whoever reads them sees that they are
  /// too long.
  static constexpr std::size_t max_line_bytes = 1 << 20;

  /// Throws UsageError where it cannot be opened, StorageFull or IoFault where standard input
  /// cannot be kept.
  explicit LineFile(const std::string& path);

  /// The next line without its end; false after the last. Good until the next call. Throws IoFault.
  bool next(std::string_view& line);
  /// Number of the line last read, from 1.
  [[nodiscard]] std::uint64_t number() const { return number_; }
  /// Back to before the first line.
  void rewind();

  /// How problems call it.
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  std::string name_;
  std::unique_ptr<std::FILE, Close> file_;
  std::string line_;
  std::uint64_t number_ = 0;
};

}  // namespace braid::cli
