#pragma once
#include <map>
#include <string>

#include "events/linkage.hpp"
#include "events/person_token.hpp"
#include "events/signature.hpp"
#include "events/uuid.hpp"
#include "tools/braid/story.hpp"

namespace braid::cli {

/// What the names of a story stand for. The same name, the same identifier, in every demo; tokens
/// and keys are the ledger's.
class StoryNames {
 public:
  /// Borrows `keys`, the organisations' signing keys.
  StoryNames(LinkageKey linkage, const std::map<std::string, SecretKey>& keys)
      : linkage_(std::move(linkage)), keys_(keys) {}

  /// "@maya-budget": a UUIDv8.
  [[nodiscard]] static Uuid id(std::string_view name);
  [[nodiscard]] PersonToken person(std::string_view name) const;

  /// The event as a line of JSON: its head filled in, every name resolved. Throws UsageError where
  /// a name means nothing.
  [[nodiscard]] std::string line_of(const StoryEvent& event) const;

 private:
  [[nodiscard]] std::string value_of(std::string_view name, const StoryEvent& event) const;
  [[nodiscard]] std::string resolved_body(const StoryEvent& event) const;

  LinkageKey linkage_;
  const std::map<std::string, SecretKey>& keys_;
};

/// The one place of the demo.
inline constexpr std::string_view story_place = "westmoor";

}  // namespace braid::cli
