#include "tests/transcripts/transcript.hpp"

#include <array>
#include <regex>

namespace braid::test {
namespace {

struct Volatile {
  std::regex pattern;
  const char* name;
};

const std::array<Volatile, 10>& volatiles() {
  static const std::array<Volatile, 10> all = {{
      {std::regex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "<id>"},
      {std::regex("\\b[0-9a-f]{64}\\b"), "<hash>"},
      {std::regex("\\b[0-9a-f]{12}\\b"), "<leaf>"},
      {std::regex("[A-Za-z0-9+/]{43,}={1,2}"), "<base64>"},
      {std::regex("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\\.[0-9]{6}Z)?"), "<time>"},
      {std::regex("[0-9]+\\.[0-9]{2} s\\b"), "<seconds>"},
      {std::regex("\"seconds\":\"[0-9.]+\""), "\"seconds\":<seconds>"},
      {std::regex("[0-9,]+/s"), "<rate>"},
      {std::regex("process [0-9]+"), "process <pid>"},
      {std::regex("[ \t]+(\n|$)"), "\n"},
  }};
  return all;
}

std::string replace_all(std::string text, const std::string& what, const std::string& by) {
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

void drop_blank_end(std::string& text) {
  while (text.ends_with("\n\n") || text == "\n") text.pop_back();
}

}  // namespace

std::vector<Step> steps_of(std::string_view transcript) {
  std::vector<Step> steps;
  std::size_t number = 0;
  for (std::size_t at = 0; at < transcript.size();) {
    const auto end = std::min(transcript.find('\n', at), transcript.size());
    const std::string line(transcript.substr(at, end - at));
    at = end + 1;
    ++number;
    if (line.starts_with("$ "))
      steps.push_back({number, line.substr(2), "", 0});
    else if (steps.empty())
      continue;
    else if (line.starts_with("# "))
      continue;
    else if (line.starts_with(">") && steps.back().expected.empty())
      steps.back().command += "\n" + line.substr(std::min<std::size_t>(line.size(), 2));
    else if (line.starts_with("? "))
      steps.back().exit = std::stoi(line.substr(2));
    else
      steps.back().expected += line + "\n";
  }
  for (auto& step : steps) drop_blank_end(step.expected);
  return steps;
}

std::string settled(std::string output, const std::filesystem::path& folder) {
  output = replace_all(std::move(output), folder.string(), "<dir>");
  for (const auto& [pattern, name] : volatiles())
    output = std::regex_replace(output, pattern, name);
  drop_blank_end(output);
  return output;
}

}  // namespace braid::test
