#include "ledger/refusals.hpp"

#include "events/native_rows.hpp"

namespace braid::ledger {

namespace {

std::string_view name_of(schema::Sector sector) {
  switch (sector) {
    case schema::Sector::NONE:
      return "none";
    case schema::Sector::HEALTH:
      return "health";
    case schema::Sector::SOCIAL_CARE:
      return "socialCare";
    case schema::Sector::EDUCATION:
      return "education";
    case schema::Sector::HOUSING:
      return "housing";
    case schema::Sector::VOLUNTARY:
      return "voluntary";
    case schema::Sector::PERSON:
      return "person";
  }
  return "unknown";
}

}  // namespace

void append_part(std::string& sentence, std::string_view text) { sentence += text; }
void append_part(std::string& sentence, Date date) { sentence += date.text(); }
void append_part(std::string& sentence, const Uuid& id) { sentence += id.text(); }
void append_part(std::string& sentence, schema::Sector sector) { sentence += name_of(sector); }

void append_part(std::string& sentence, const Strand& strand) {
  (sentence += name_of(strand.sector)) += " money of ";
  sentence += strand.organisation;
  if (!strand.fund.empty()) ((sentence += " (fund ") += strand.fund) += ')';
}

void append_part(std::string& sentence, schema::Strand::Reader strand) {
  append_part(sentence, read(strand));
}

void cut_sentence(std::string& sentence) {
  if (sentence.size() <= max_sentence_bytes) return;
  std::size_t end = max_sentence_bytes - 3;
  while (end > 0 && (static_cast<unsigned char>(sentence[end]) & 0xc0u) == 0x80u)
    --end;  // not within a character
  sentence.resize(end);
  sentence += "...";
}

tl::unexpected<Refusal> unknown(std::string field, std::string_view what, const Uuid& id) {
  return by_state(
      std::move(field), "There is no ", what, " ", id,
      " in this place. Check the identifier, or send the event that makes it known first.");
}

tl::unexpected<Refusal> known_already(std::string field, std::string_view what, const Uuid& id) {
  return by_state(std::move(field), "There is a ", what, " ", id,
                  " already. An identifier is used once: draw a new one.");
}

std::string at(std::string_view list, std::size_t index, std::string_view field) {
  std::string path(list);
  ((path += '[') += std::to_string(index)) += ']';
  if (!field.empty()) (path += '.') += field;
  return path;
}

}  // namespace braid::ledger
