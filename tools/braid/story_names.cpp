#include "tools/braid/story_names.hpp"

#include "events/encoding.hpp"
#include "events/kinds.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/output/cell.hpp"

namespace braid::cli {
namespace {

/// The member of the body that is set: {"planProposed":...
Kind kind_of(const StoryEvent& event) {
  const auto begin = event.body.find('"') + 1;
  const auto name = event.body.substr(begin, event.body.find('"', begin) - begin);
  if (const auto kind = kind_named(name)) return *kind;
  throw UsageError("the story, line " + std::to_string(event.line) + ": there is no event \"" +
                   name + "\"");
}

Digest digest_of(std::string_view kind, std::string_view name) {
  return Sha256().update("braid demo ").update(kind).update(" ").update(name).digest();
}

/// "@person:maya" without "@person:", or nothing.
std::optional<std::string_view> without(std::string_view beginning, std::string_view name) {
  if (!name.starts_with(beginning)) return std::nullopt;
  return name.substr(beginning.size());
}

std::string member(std::string_view name, std::string_view value) {
  return json_text(name) + ":" + json_text(value) + ",";
}

}  // namespace

Uuid StoryNames::id(std::string_view name) { return uuid_v8_from(digest_of("name", name), 0); }

PersonToken StoryNames::person(std::string_view name) const {
  return person_token(linkage_, PersonIdentifier::other("demo", name).value());
}

std::string StoryNames::value_of(std::string_view name, const StoryEvent& event) const {
  if (name == "@organisation") return person(event.publisher).hex();
  if (const auto who = without("@person:", name)) return person(*who).hex();
  if (const auto document = without("@digest:", name))
    return digest_of("document", *document).hex();
  if (const auto organisation = without("@key:", name)) {
    const auto key = keys_.find(std::string(*organisation));
    if (key == keys_.end())
      throw UsageError("the story, line " + std::to_string(event.line) + ": " +
                       std::string(*organisation) + " has no key");
    return to_base64(key->second.public_key().bytes);
  }
  return id(name).text();
}

std::string StoryNames::resolved_body(const StoryEvent& event) const {
  std::string out;
  std::string_view rest = event.body;
  for (auto at = rest.find("\"@"); at != rest.npos; at = rest.find("\"@")) {
    const auto end = rest.find('"', at + 1);
    out += rest.substr(0, at);
    out += json_text(value_of(rest.substr(at + 1, end - at - 1), event));
    rest.remove_prefix(end + 1);
  }
  return out += rest;
}

std::string StoryNames::line_of(const StoryEvent& event) const {
  const auto id = event.name.empty() ? uuid_v8_from(digest_of("line", event.body), event.line)
                                     : this->id(event.name);
  auto line = "{" + member("id", id.text()) + member("publisher", event.publisher);
  if (!event.officer.empty()) line += member("officer", event.officer);
  if (!is_of_register(kind_of(event))) line += member("place", story_place);
  return line + member("effective", event.effective.text()) + "\"body\":" + resolved_body(event) +
         "}";
}

}  // namespace braid::cli
