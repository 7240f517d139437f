#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "adapters/json/shape.hpp"

namespace braid::json {

/// What is wrong with one value, apart from where.
struct Complaint {
  std::string expected;
  std::string remedy;
};

/// What is due in a place, as a noun phrase: "a whole number from 0 to 65535".
std::string due(const Shape& shape);

/// A number as it is spelt in JSON (RFC 8259's grammar holds), where an integer is due: decimal
/// digits and a minus sign only, within the field's range.
std::optional<Complaint> check_number(const Shape& shape, std::string_view spelling);

/// Text, as UTF-8 without its escapes, where any value but an object or list is due.
std::optional<Complaint> check_text(const Shape& shape, std::string_view text);

/// Whether an integer is beyond what a double holds exactly (2^53 in size). Such numbers are also
/// read, and always written, in quotes, so that no program on the way rounds them. `spelling` has
/// passed `check_number`.
bool is_beyond_doubles(std::string_view spelling);

/// What to write for a thing that is no JSON but looks as if a number was meant: "0x10", "007",
/// "+5"; empty when unclear.
std::string remedy_for_number(std::string_view spelling);

}  // namespace braid::json
