#include "tools/braid/story.hpp"

#include "tools/braid/command.hpp"

namespace braid::cli {
namespace {

std::string_view next_line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  return line;
}

std::string_view next_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  const auto word = line.substr(0, line.find(' '));
  line.remove_prefix(word.size());
  return word;
}

/// Takes a story line by line.
class Reading {
 public:
  void take(std::string_view line) {
    ++number_;
    if (line.empty() || line.starts_with("#")) return;
    if (line.starts_with("== ")) return begin_chapter(line.substr(3));
    if (line.starts_with("-- ")) return begin_scene(line.substr(3));
    if (line.starts_with("as ")) return set_stage(line.substr(3));
    if (line.starts_with("{")) return add_event(line);
    fail("begins with none of # == -- as {");
  }

  std::vector<Chapter> chapters;

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw UsageError("the story, line " + std::to_string(number_) + ": " + what);
  }

  void begin_chapter(std::string_view heading) { chapters.push_back({std::string(heading), {}}); }

  void begin_scene(std::string_view sentence) {
    if (chapters.empty()) fail("a sentence stands before the first heading");
    const auto told = sentence.starts_with("Refused:")   ? Told::refused
                      : sentence.starts_with("Flagged:") ? Told::flagged
                                                         : Told::accepted;
    chapters.back().scenes.push_back({std::string(sentence), told, {}});
  }

  /// "WMC a.adeyemi 2021-07-01"
  void set_stage(std::string_view words) {
    stage_.publisher = next_word(words);
    stage_.officer = next_word(words);
    if (stage_.officer == "-") stage_.officer.clear();
    const auto effective = Date::from_text(next_word(words));
    if (!effective) fail(effective.error());
    stage_.effective = *effective;
  }

  /// A body, and perhaps " @name" behind it.
  void add_event(std::string_view line) {
    if (chapters.empty() || chapters.back().scenes.empty())
      fail("an event stands before the first sentence");
    if (stage_.publisher.empty()) fail("nobody publishes it: an \"as\" line is missing");
    const auto end = line.rfind('}') + 1;
    auto rest = line.substr(end);
    auto event = stage_;
    event.line = number_;
    event.body = line.substr(0, end);
    event.name = next_word(rest);
    chapters.back().scenes.back().events.push_back(std::move(event));
  }

  unsigned number_ = 0;
  StoryEvent stage_;
};

}  // namespace

std::vector<Chapter> read_story(std::string_view text) {
  Reading reading;
  while (!text.empty()) reading.take(next_line(text));
  return std::move(reading.chapters);
}

}  // namespace braid::cli
