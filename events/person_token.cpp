#include "events/person_token.hpp"

#include <algorithm>

#include "events/encoding.hpp"
#include "events/utf8.hpp"

namespace braid {
namespace {

constexpr std::string_view nhs_scheme = "nhs-number";

std::string_view trimmed(std::string_view text) {
  constexpr auto spaces = " \t\r\n";
  const auto first = std::min(text.find_first_not_of(spaces), text.size());
  text.remove_prefix(first);
  return text.substr(0, text.find_last_not_of(spaces) + 1);
}

bool check_digit_fits(std::string_view digits) {
  int sum = 0;
  for (std::size_t i = 0; i < 9; ++i) sum += (digits[i] - '0') * static_cast<int>(10 - i);
  return (11 - sum % 11) % 11 ==
         digits[9] - '0';  // a remainder of 1 wants the digit 10, which no number has
}

bool is_scheme(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

Parsed<PersonToken> PersonToken::from_hex(std::string_view text) {
  PersonToken token;
  if (!braid::from_hex(text, token.bytes))
    return unreadable(
        "a person token is 64 lower-case hexadecimal digits; `braid person token` makes one");
  return token;
}

std::string PersonToken::hex() const { return to_hex(bytes); }

Parsed<PersonIdentifier> PersonIdentifier::nhs_number(std::string_view text) {
  text = trimmed(text);
  if (text.size() > max_bytes)
    return unreadable("an NHS number has ten digits; this is far longer");
  std::string digits;
  for (char c : text) {
    if (c == ' ' || c == '-') continue;
    if (c < '0' || c > '9')
      return unreadable("an NHS number has digits only, with spaces or dashes between them");
    digits += c;
  }
  if (digits.size() != 10)
    return unreadable("an NHS number has ten digits; this has " + std::to_string(digits.size()));
  if (digits.find_first_not_of(digits[0]) == digits.npos)
    return unreadable("ten equal digits stand for an unknown NHS number, not for a person");
  if (!check_digit_fits(digits))
    return unreadable(
        "the last digit of this NHS number does not fit the others: one of them is mistyped");
  return PersonIdentifier(std::string(nhs_scheme), std::move(digits));
}

Parsed<PersonIdentifier> PersonIdentifier::other(std::string_view scheme, std::string_view text) {
  if (!is_scheme(scheme))
    return unreadable(
        "the scheme of an identifier is 1 to 32 of the characters a-z, 0-9 and -, such as upn");
  if (scheme == nhs_scheme) return nhs_number(text);
  text = trimmed(text);
  if (text.empty()) return unreadable("the identifier is empty");
  if (text.size() > max_bytes)
    return unreadable("an identifier has at most " + std::to_string(max_bytes) +
                      " bytes; this has " + std::to_string(text.size()));
  if (!is_utf8(text)) return unreadable("the identifier is not UTF-8");
  return PersonIdentifier(std::string(scheme), std::string(text));
}

PersonToken person_token(const LinkageKey& key, const PersonIdentifier& identifier) noexcept {
  return {linkage_token(key, identifier.scheme(), identifier.value()).bytes};
}

}  // namespace braid
