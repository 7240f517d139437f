#include "tools/braid/line_file.hpp"

#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "events/faults.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
namespace {

std::string why() { return std::generic_category().message(errno); }

/// Standard input may be a pipe, which can be read once only.
std::FILE* spool_standard_input() {
  std::FILE* kept = std::tmpfile();
  if (kept == nullptr) throw IoFault("standard input cannot be kept in a temporary file: " + why());
  std::array<char, 1 << 16> buffer;
  for (std::size_t got; (got = std::fread(buffer.data(), 1, buffer.size(), stdin)) != 0;) {
    if (std::fwrite(buffer.data(), 1, got, kept) == got) continue;
    const auto error = errno;
    const auto sentence = "standard input cannot be kept in a temporary file: " + why();
    std::fclose(kept);
    if (error == ENOSPC)
      throw StorageFull(sentence + "; make room, or set TMPDIR to where there is");
    throw IoFault(sentence);
  }
  if (std::fflush(kept) != 0)
    throw StorageFull("standard input cannot be kept in a temporary file: " + why());
  if (std::fseek(kept, 0, SEEK_SET) != 0)
    throw IoFault("what came by standard input cannot be read again: " + why());
  return kept;
}

std::FILE* open(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "re");
  if (file == nullptr) throw UsageError(path + " cannot be opened: " + why());
  struct stat status{};
  if (::fstat(fileno(file), &status) == 0 && S_ISREG(status.st_mode)) return file;
  std::fclose(file);
  throw UsageError(path + " is no regular file; give a file, or - and pipe it in");
}

}  // namespace

LineFile::LineFile(const std::string& path)
    : name_(path == "-" ? "standard input" : path),
      file_(path == "-" ? spool_standard_input() : open(path)) {}

bool LineFile::next(std::string_view& line) {
  line_.clear();
  int c = 0;
  bool any = false;
  while ((c = ::getc_unlocked(file_.get())) != EOF) {
    any = true;
    if (c == '\n') break;
    if (line_.size() <= max_line_bytes) line_ += static_cast<char>(c);
  }
  if (std::ferror(file_.get()) != 0) throw IoFault(name_ + " cannot be read: " + why());
  if (!any) return false;
  if (line_.ends_with('\r')) line_.pop_back();
  ++number_;
  line = line_;
  return true;
}

void LineFile::rewind() {
  if (std::fseek(file_.get(), 0, SEEK_SET) != 0)
    throw IoFault(name_ + " cannot be read again: " + why());
  number_ = 0;
}

}  // namespace braid::cli
