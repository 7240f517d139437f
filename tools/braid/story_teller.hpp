#pragma once
#include <map>
#include <memory>

#include "adapters/json/event_json.hpp"
#include "tools/braid/outlet.hpp"
#include "tools/braid/sealing.hpp"
#include "tools/braid/story_names.hpp"

namespace braid::cli {

/// Plays a story into a ledger, each event under its publisher's own key, and prints what becomes
/// of it in a treasurer's words.
class StoryTeller {
 public:
  /// Borrows all; they outlive it.
  StoryTeller(const Ledger& ledger, const StoryNames& names,
              const std::map<std::string, SecretKey>& keys);

  /// Throws Refused where the ledger judges otherwise than the story says.
  void tell(std::span<const Chapter> story);

 private:
  struct Outcome;

  void note_people(std::span<const Chapter> story);
  OwnedBytes bytes_of(const json::EventJson& reader, const StoryEvent& event) const;
  void play(const Scene& scene, Outlet& outlet);
  Outcome submit(const Scene& scene, Outlet& outlet);

  const Ledger& ledger_;
  const StoryNames& names_;
  const std::map<std::string, SecretKey>& keys_;
  Sealing sealing_;
};

/// Prints a paragraph in lines of at most 100 columns, the first after `first`, the others below
/// its end.
void print_paragraph(std::string_view first, std::string_view text);

}  // namespace braid::cli
