#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/date.hpp"

namespace braid::cli {

/// A file of tools/braid/demo, its bytes compiled into the program by CMake.
std::string_view demo_story() noexcept;
std::string_view demo_spend_list() noexcept;

/// One event as the story has it: its body, with names for identifiers.
struct StoryEvent {
  unsigned line = 0;  ///< in the story
  std::string publisher;
  std::string officer;  ///< empty: none acts
  Date effective;
  std::string body;  ///< JSON
  std::string name;  ///< what the story calls this event; may be empty
};

/// What the ledger must make of a scene's events; the story's sentence says so in its first word.
enum class Told { accepted, flagged, refused };

/// A sentence and the events that it tells of.
struct Scene {
  std::string sentence;
  Told told = Told::accepted;
  std::vector<StoryEvent> events;
};

struct Chapter {
  std::string heading;
  std::vector<Scene> scenes;
};

/// Reads a story, whose format its first lines explain. Throws UsageError, naming the line that is
/// none.
std::vector<Chapter> read_story(std::string_view text);

}  // namespace braid::cli
