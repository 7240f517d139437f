#include "tools/braid/output/text_output.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "events/faults.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {

TextOutput::TextOutput(const std::string& file) {
  if (file.empty()) return;
  file_ = std::filesystem::absolute(file);
  part_ = file_;
  part_ += ".part";
  opened_.reset(std::fopen(part_.c_str(), "w"));
  if (!opened_)
    throw UsageError(part_.string() + " cannot be written: " + std::strerror(errno));
  out_ = opened_.get();
}

TextOutput::~TextOutput() {
  if (!opened_) return;
  std::error_code ignored;
  std::filesystem::remove(part_, ignored);
}

void TextOutput::write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), out_) != text.size()) fail();
}

void TextOutput::finish() {
  if (std::fflush(out_) != 0) fail();
  if (!opened_) return;
  if (::fsync(::fileno(out_)) != 0 || std::rename(part_.c_str(), file_.c_str()) != 0) fail();
  opened_.reset();
}

void TextOutput::fail() const {
  const int error = errno;
  const auto name = opened_ ? part_.string() : std::string("standard output");
  const auto sentence = name + " cannot be written: " + std::strerror(error);
  if (error == ENOSPC || error == EDQUOT) throw StorageFull(sentence);
  throw IoFault(sentence);
}

}  // namespace braid::cli
