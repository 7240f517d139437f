#pragma once
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace braid::cli {

/// A text that is too long to be held: to standard output, or to a file that is there when all of it
/// is, and until then goes by its name and ".part". Thread: one.
class TextOutput {
 public:
  /// Empty: standard output. Throws UsageError where the file cannot be made.
  explicit TextOutput(const std::string& file);
  /// Without `finish`, takes away what was written to a file.
  ~TextOutput();
  TextOutput(const TextOutput&) = delete;
  TextOutput& operator=(const TextOutput&) = delete;

  /// Throws StorageFull, IoFault.
  void write(std::string_view text);
  /// All was written. The file is under its own name, and durable, when it returns. Throws
  /// StorageFull, IoFault.
  void finish();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  [[noreturn]] void fail() const;

  std::filesystem::path file_;
  std::filesystem::path part_;
  std::unique_ptr<std::FILE, Close> opened_;
  std::FILE* out_ = stdout;
};

}  // namespace braid::cli
