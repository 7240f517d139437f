#pragma once
#include <array>
#include <compare>
#include <functional>
#include <string>
#include <string_view>

#include "events/linkage.hpp"
#include "events/parsed.hpp"

namespace braid {

/// What a person is called on the ledger: 32 bytes that say nothing to whoever lacks the linkage
/// key.
struct PersonToken {
  std::array<std::byte, 32> bytes{};

  /// From 64 lower-case hexadecimal digits.
  static Parsed<PersonToken> from_hex(std::string_view text);
  std::string hex() const;

  auto operator<=>(const PersonToken&) const = default;
  bool operator==(const PersonToken&) const = default;
};

/// An identity in its normal form. Clear text: it stays where the token is made and is never
/// logged; the sentences of errors show none of it.
class PersonIdentifier {
 public:
  static constexpr std::size_t max_bytes = 128;

  /// An NHS number: ten digits, spaces and dashes allowed, whose last is the check digit (NHS Data
  /// Dictionary, NHS NUMBER: weights 10 to 2, modulus 11). Ten equal digits are refused: they pass
  /// the sum and are what people type for "unknown".
  static Parsed<PersonIdentifier> nhs_number(std::string_view text);
  /// Another body's number, for instance scheme "upn" (unique pupil number). The scheme is 1 to 32
  /// of a-z, 0-9 and '-'; the value up to `max_bytes` of UTF-8, without the spaces around it,
  /// otherwise taken as it is: who shares it must write it alike.
  static Parsed<PersonIdentifier> other(std::string_view scheme, std::string_view text);

  const std::string& scheme() const noexcept { return scheme_; }
  const std::string& value() const noexcept { return value_; }

 private:
  PersonIdentifier(std::string scheme, std::string value)
      : scheme_(std::move(scheme)), value_(std::move(value)) {}
  std::string scheme_;
  std::string value_;
};

/// The token of an identity: `linkage_token` of its scheme and value.
PersonToken person_token(const LinkageKey& key, const PersonIdentifier& identifier) noexcept;

}  // namespace braid

template <>
struct std::hash<braid::PersonToken> {
  std::size_t operator()(const braid::PersonToken& token) const noexcept {
    std::size_t value;
    std::memcpy(&value, token.bytes.data(), sizeof value);
    return value;
  }
};
