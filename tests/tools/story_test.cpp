#include <catch2/catch.hpp>

#include "events/encoding.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/story_names.hpp"

namespace braid::cli {
namespace {

constexpr std::string_view short_story =
    "# a story\n"
    "== 1  One\n"
    "-- They join.\n"
    "as WMC - 2021-04-01\n"
    "{\"officerAppointed\":{\"officer\":\"a.b\",\"from\":\"2021-04-01\"}} @first\n"
    "-- Refused: not this.\n"
    "as WMC a.b 2021-04-02\n"
    "{\"eventReversed\":{\"event\":\"@first\"}}\n";

}  // namespace

TEST_CASE("a story is chapters of scenes, whose first word says what the ledger makes of them") {
  const auto story = read_story(short_story);
  REQUIRE(story.size() == 1);
  REQUIRE(story[0].scenes.size() == 2);
  CHECK(story[0].scenes[0].told == Told::accepted);
  CHECK(story[0].scenes[1].told == Told::refused);
  CHECK(story[0].scenes[1].events[0].officer == "a.b");
}

TEST_CASE("a story's names stand for the same identifier wherever they are said") {
  const auto story = read_story(short_story);
  const std::map<std::string, SecretKey> keys;
  const StoryNames names(LinkageKey::random(), keys);
  const auto id = StoryNames::id("@first").text();
  CHECK(names.line_of(story[0].scenes[0].events[0]) ==
        "{\"id\":\"" + id +
            "\",\"publisher\":\"WMC\",\"effective\":\"2021-04-01\",\"body\":"
            "{\"officerAppointed\":{\"officer\":\"a.b\",\"from\":\"2021-04-01\"}}}");
  CHECK(names.line_of(story[0].scenes[1].events[0])
            .find("{\"eventReversed\":{\"event\":\"" + id + "\"}}") != std::string::npos);
}

TEST_CASE("a line that is none of a story's is named") {
  CHECK_THROWS_WITH(read_story("== 1\n-- So.\nas WMC - 2021-02-30\n"), Catch::Contains("line 3"));
  CHECK_THROWS_WITH(read_story("once upon a time\n"), Catch::Contains("line 1"));
}

TEST_CASE("the demo's own story can be read, and tells of refusals and flags") {
  std::size_t refused = 0;
  std::size_t flagged = 0;
  for (const auto& chapter : read_story(demo_story()))
    for (const auto& scene : chapter.scenes) {
      refused += scene.told == Told::refused;
      flagged += scene.told == Told::flagged;
    }
  CHECK(refused >= 2);
  CHECK(flagged >= 1);
}

}  // namespace braid::cli
