#pragma once
#include <string>
#include <string_view>

#include "events/pence.hpp"
#include "ledger/context.hpp"

namespace braid::ledger {

/// The most bytes that a sentence may have.
inline constexpr std::size_t max_sentence_bytes = 400;

/// A sentence of parts: texts as they are, dates, identifiers, strands and numbers as people write
/// them. Cut to `max_sentence_bytes`. Money is `pounds(pence)`.
template <class... Parts>
std::string say(const Parts&... parts);

/// "GBP 18,850.00".
inline std::string pounds(std::int64_t pence) { return format_pounds(pence); }

/// What the state has against an event: unknown plan, closed budget, wrong person. Rule "state".
template <class... Parts>
tl::unexpected<Refusal> by_state(std::string field, const Parts&... parts) {
  return tl::unexpected(Refusal{"state", std::move(field), say(parts...)});
}
/// "There is no plan 0192... here. ..."; `what` as people call it.
tl::unexpected<Refusal> unknown(std::string field, std::string_view what, const Uuid& id);
/// "... is known already: an identifier is used once."
tl::unexpected<Refusal> known_already(std::string field, std::string_view what, const Uuid& id);
/// A refusal because numbers cannot do what is asked. Rule "arithmetic".
template <class... Parts>
Refusal by_arithmetic(std::string field, const Parts&... parts) {
  return Refusal{"arithmetic", std::move(field), say(parts...)};
}

/// "lines[2].strand".
std::string at(std::string_view list, std::size_t index, std::string_view field = {});

/// Part of a sentence. The name of a sector as in JSON ("socialCare").
void append_part(std::string& sentence, std::string_view text);
void append_part(std::string& sentence, Date date);
void append_part(std::string& sentence, const Uuid& id);
void append_part(std::string& sentence, schema::Sector sector);
void append_part(std::string& sentence,
                 const Strand& strand);  ///< "socialCare money of E10000008 (fund adults)"
void append_part(std::string& sentence, schema::Strand::Reader strand);
void append_part(std::string& sentence, std::integral auto number) {
  sentence += std::to_string(number);
}
void cut_sentence(std::string& sentence);

template <class... Parts>
std::string say(const Parts&... parts) {
  std::string sentence;
  (append_part(sentence, parts), ...);
  cut_sentence(sentence);
  return sentence;
}

}  // namespace braid::ledger
