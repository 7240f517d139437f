#include "adapters/json/scalars.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "adapters/json/problem.hpp"
#include "events/date.hpp"
#include "events/encoding.hpp"
#include "events/pence.hpp"
#include "events/uuid.hpp"

namespace braid::json {
namespace {

using Answer = std::optional<Complaint>;

Complaint complain(const Shape& shape, std::string remedy) {
  return {due(shape), std::move(remedy)};
}

/// The answer about a text that `T` reads: the sentence with which it refuses is the remedy.
template <class T>
Answer read_as(const Shape& shape, std::string_view text) {
  const auto value = T::from_text(text);
  if (value) return std::nullopt;
  return complain(shape, value.error());
}

/// What std::from_chars makes of all of `text`, with its further arguments.
template <class Number, class... How>
std::optional<Number> number_from(std::string_view text, How... how) {
  Number value{};
  const char* begin = text.data();
  const char* end = begin + text.size();
  const auto [stopped, error] = std::from_chars(begin, end, value, how...);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return value;
}

bool is_within(const Shape& shape, std::string_view spelling) {
  if (spelling.starts_with('-')) {
    const auto value = number_from<std::int64_t>(spelling);
    return value && *value >= shape.least;
  }
  const auto value = number_from<std::uint64_t>(spelling);
  return value && *value <= shape.most;
}

/// "1.0" -> "write 1", "1e3" -> "write 1000", "1.5" -> nothing to suggest.
std::string whole_remedy(std::string_view spelling) {
  const auto value = number_from<double>(spelling);
  constexpr double exact = 9'007'199'254'740'992;
  if (!value || *value != std::floor(*value) || std::fabs(*value) > exact) return "";
  return "write " + std::to_string(static_cast<std::int64_t>(*value));
}

std::string pence_remedy(std::string_view pounds) {
  if (pounds.starts_with("GBP ")) pounds.remove_prefix(4);
  if (pounds.starts_with("\xc2\xa3")) pounds.remove_prefix(2);  // the pound sign
  const auto pence = pence_from_pounds(pounds);
  return pence ? "amounts are whole pence: write " + std::to_string(*pence)
               : "amounts are whole pence, in digits";
}

/// An integer as JSON spells it, in the one way that there is for each.
bool is_integer(std::string_view spelling) {
  if (spelling == "0") return true;
  if (spelling.starts_with('-')) spelling.remove_prefix(1);
  return !spelling.empty() && spelling.front() != '0' &&
         spelling.find_first_not_of("0123456789") == spelling.npos;
}

/// An integer in quotes: right only where a double would round it.
Answer check_quoted_integer(const Shape& shape, std::string_view text) {
  if (!is_integer(text)) {
    if (shape.form == Form::pence) return complain(shape, pence_remedy(text));
    const auto better = remedy_for_number(text);
    return complain(shape, better.empty() ? "write digits without quotes" : better);
  }
  if (!is_within(shape, text)) return complain(shape, "write a number in that range");
  if (is_beyond_doubles(text)) return std::nullopt;
  return complain(shape, "write it without quotes");
}

/// C0, DEL and, in UTF-8, C1.
bool has_control_character(std::string_view text, std::string_view allowed) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c < 0x20 || c == 0x7f) && allowed.find(text[i]) == allowed.npos) return true;
    if (c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0)
      return true;
  }
  return false;
}

Answer check_words(const Shape& shape, std::string_view text, std::string_view allowed_controls) {
  if (text.size() > shape.max_length)
    return complain(shape, "shorten it: these are " + std::to_string(text.size()) + " bytes");
  if (has_control_character(text, allowed_controls))
    return complain(shape, "leave out NUL, line breaks, tabs and other control characters");
  return std::nullopt;
}

Answer check_data(const Shape& shape, std::string_view text) {
  const std::size_t most_characters = (std::size_t{shape.max_length} + 2) / 3 * 4;
  if (text.size() > most_characters) return complain(shape, "shorten it");
  const auto bytes = from_base64(text);
  if (!bytes) return complain(shape, "write RFC 4648 base64 with padding, without line breaks");
  if (bytes->size() > shape.max_length)
    return complain(shape, "shorten it: these are " + std::to_string(bytes->size()) + " bytes");
  return std::nullopt;
}

Answer check_hex(const Shape& shape, std::string_view text) {
  if (text.size() != 64)
    return complain(
        shape, "write all 64 digits: these are " + std::to_string(text.size()) + " characters");
  std::byte bytes[32];
  if (from_hex(text, bytes)) return std::nullopt;
  return complain(shape, "write digits 0 to 9 and a to f, in lower case");
}

Answer check_word(const Shape& shape, std::string_view text) {
  if (std::ranges::find(shape.words, text) != shape.words.end()) return std::nullopt;
  const auto near = nearest(text, shape.words);
  return complain(shape, near.empty() ? "write one of them" : "write \"" + near + "\"");
}

}  // namespace

std::string due(const Shape& shape) {
  const auto bytes = " of " + std::to_string(shape.max_length) + " bytes at most";
  switch (shape.form) {
    case Form::nothing:
      return "true (this member carries no value)";
    case Form::boolean:
      return "true or false";
    case Form::integer:
      return "a whole number from " + std::to_string(shape.least) + " to " +
             std::to_string(shape.most);
    case Form::pence:
      return "a whole number of pence";
    case Form::date:
      return "a date from 1900 to 2200, such as \"2026-04-01\"";
    case Form::month:
      return "a month from 1900 to 2200, such as \"2026-04\"";
    case Form::instant:
      return "an instant in UTC, such as \"2026-04-01T09:30:00.000000Z\"";
    case Form::text:
      return "text" + bytes;
    case Form::data:
      return "base64" + bytes;
    case Form::uuid:
      return "a UUID such as \"0192f3c1-7a00-7000-8000-000000000001\"";
    case Form::digest:
      return "64 hexadecimal digits";
    case Form::token:
      return "a person token of 64 hexadecimal digits";
    case Form::word:
      return "one of " + list_of(shape.words);
    case Form::list:
      return "a list of " + std::to_string(shape.max_length) + " members at most";
    case Form::object:
      return "an object of " + shape.name;
    case Form::sealed:
      return "sealed text: {\"keyId\", \"nonce\", \"box\"} or {\"clear\", \"about\"}";
    case Form::clear:
      return "text to be sealed," + bytes;
  }
  return "";
}

Answer check_number(const Shape& shape, std::string_view spelling) {
  if (shape.form != Form::integer && shape.form != Form::pence) {
    const bool is_a_day =
        shape.form == Form::date || shape.form == Form::month || shape.form == Form::instant;
    return complain(shape, is_a_day ? "write it in quotes, as the calendar does"
                                    : "write what is due, not a number");
  }
  if (!is_integer(spelling)) {
    if (spelling == "-0") return complain(shape, "write 0");
    if (shape.form == Form::pence) return complain(shape, pence_remedy(spelling));
    const auto better = whole_remedy(spelling);
    return complain(shape, better.empty() ? "write digits without fraction or exponent" : better);
  }
  if (is_within(shape, spelling)) return std::nullopt;
  return complain(shape, "write a number in that range");
}

Answer check_text(const Shape& shape, std::string_view text) {
  switch (shape.form) {
    case Form::text:
      return check_words(shape, text, "");
    case Form::clear:
      return check_words(shape, text, "\n\t");
    case Form::data:
      return check_data(shape, text);
    case Form::date:
      return read_as<Date>(shape, text);
    case Form::month:
      return read_as<Month>(shape, text);
    case Form::instant:
      return read_as<Instant>(shape, text);
    case Form::uuid:
      return read_as<Uuid>(shape, text);
    case Form::digest:
    case Form::token:
      return check_hex(shape, text);
    case Form::word:
      return check_word(shape, text);
    case Form::integer:
    case Form::pence:
      return check_quoted_integer(shape, text);
    case Form::boolean:
      return complain(shape, "write true or false without quotes");
    case Form::nothing:
      return complain(shape, "write true");
    case Form::list:
      return complain(shape, "write a list: [ ... ]");
    case Form::object:
    case Form::sealed:
      return complain(shape, "write an object: { ... }");
  }
  return std::nullopt;
}

bool is_beyond_doubles(std::string_view spelling) {
  constexpr std::uint64_t exact = std::uint64_t{1} << 53;
  const auto size = number_from<std::uint64_t>(spelling.substr(spelling.starts_with('-') ? 1 : 0));
  return !size || *size > exact;
}

std::string remedy_for_number(std::string_view spelling) {
  if (spelling.starts_with('+')) spelling.remove_prefix(1);
  const bool is_negative = spelling.starts_with('-');
  if (is_negative) spelling.remove_prefix(1);
  const bool is_hex = spelling.starts_with("0x") || spelling.starts_with("0X");
  const auto value = is_hex ? number_from<std::uint64_t>(spelling.substr(2), 16)
                            : number_from<std::uint64_t>(spelling);
  return value ? std::string("write ") + (is_negative && *value > 0 ? "-" : "") +
                     std::to_string(*value)
               : "";
}

}  // namespace braid::json
