#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace braid::test {

/// A file of the repository: its path from the root, with '/', and what it holds.
struct SourceFile {
  std::string path;
  std::string text;
};

/// Every text file that people write here: code, schemas, CMake, scripts, layouts and prose, in
/// order of path. Nothing built, nothing hidden, no data.
std::vector<SourceFile> sources_below(const std::filesystem::path& root);

/// The lines of a text, without their ends.
std::vector<std::string_view> lines_of(std::string_view text);

/// Whether `path` is C++ of ours.
bool is_cpp(std::string_view path);

/// C++ with comments, and what stands between quotes, replaced by blanks; line ends stay, so that
/// lines keep their numbers. Good enough for rules about words; not a parser.
std::string without_comments_and_texts(std::string_view code);

}  // namespace braid::test
