#include "tests/transcripts/identifier_scan.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>

#include "events/encoding.hpp"

namespace braid::test {
namespace {

std::string changed(std::string text, int (*change)(int)) {
  std::ranges::transform(text, text.begin(), [&](char c) {
    return static_cast<char>(change(static_cast<unsigned char>(c)));
  });
  return text;
}

std::string in_utf16(std::string_view text, bool big_endian) {
  std::string wide;
  for (const char c : text) {
    if (big_endian) wide += '\0';
    wide += c;
    if (!big_endian) wide += '\0';
  }
  return wide;
}

/// What a text looks like in base64 wherever it begins: without the digits that its neighbours share.
std::vector<std::string> in_base64(const std::string& text) {
  std::vector<std::string> all;
  for (std::size_t before = 0; before < 3; ++before) {
    const auto whole = braid::to_base64(braid::as_bytes(std::string(before, 'x') + text));
    const auto first = (before * 8 + 5) / 6;
    const auto count = (before + text.size()) * 8 / 6 - first;
    all.push_back(whole.substr(first, count));
  }
  return all;
}

}  // namespace

std::vector<std::string> forms_of(const std::string& identifier) {
  std::vector<std::string> plain = {identifier, changed(identifier, std::tolower),
                                    changed(identifier, std::toupper)};
  for (const bool big_endian : {false, true}) plain.push_back(in_utf16(identifier, big_endian));
  auto all = plain;
  for (const auto& each : plain) {
    const auto hex = braid::to_hex(braid::as_bytes(each));
    all.push_back(hex);
    all.push_back(changed(hex, std::toupper));
    for (auto& base64 : in_base64(each)) {
      auto for_urls = base64;
      std::ranges::replace(for_urls, '+', '-');
      std::ranges::replace(for_urls, '/', '_');
      all.push_back(std::move(base64));
      all.push_back(std::move(for_urls));
    }
  }
  return all;
}

std::vector<std::string> found_in(const std::string& text,
                                  const std::vector<std::string>& identifiers) {
  std::vector<std::string> found;
  for (const auto& identifier : identifiers)
    for (const auto& form : forms_of(identifier))
      if (text.find(form) != text.npos) found.push_back(identifier);
  return found;
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace braid::test
