#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace braid::test {

/// Every form in which an identifier may lie about in bytes: as it is, in one case, in UTF-16, each
/// also as hexadecimal and as base64 wherever it begins.
std::vector<std::string> forms_of(const std::string& identifier);

/// Which of these identifiers a text holds, in whatever form.
std::vector<std::string> found_in(const std::string& text,
                                  const std::vector<std::string>& identifiers);

/// A file's bytes.
std::string content_of(const std::filesystem::path& file);

}  // namespace braid::test
