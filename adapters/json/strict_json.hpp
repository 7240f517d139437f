#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "adapters/json/problem.hpp"
#include "adapters/json/shape.hpp"

namespace braid::json {

inline constexpr std::size_t max_line_bytes = 1 << 20;
inline constexpr std::size_t max_depth = 32;        ///< objects and lists within each other
inline constexpr std::size_t max_values = 1 << 16;  ///< in one line, those of all lists together

/// A value of the line, of the form that its shape asks for.
struct Token {
  const Shape* shape = nullptr;
  const Member* member =
      nullptr;  ///< which member of the object around it; null in lists and at the root
  std::uint32_t begin =
      0;  ///< text and numbers: where their characters begin, in the line or the scratch
  std::uint32_t size = 0;  ///< text and numbers: bytes; objects and lists: values directly in them
  bool is_in_scratch = false;  ///< the text had escapes; it stands in the scratch without them
  bool is_true = false;
};

/// A line's values in the order of their beginnings, each object and list before what it holds.
/// Borrows the line.
struct Tokens {
  std::string_view line;
  std::string scratch;
  std::vector<Token> all;

  std::string_view text(const Token& token) const {
    const std::string_view from = token.is_in_scratch ? std::string_view(scratch) : line;
    return from.substr(token.begin, token.size);
  }
};

/// Reads one line of untrusted text as a message of the shape, in one pass, into `tokens` (whose
/// memory it reuses).
///
/// What comes through is JSON (RFC 8259) in valid UTF-8 with nothing after it; every member is
/// known, said once and of the form and within the limits that the schema asks for; of a union
/// there is exactly one; nothing is null; nothing that the schema does not mark `$optional` is left
/// out. Anything else is refused with its place. `may_seal` tells whether a `Sealed` may come as
/// clear text. Total; memory is bounded by the limits above, whatever the line holds.
tl::expected<void, JsonProblem> read_strictly(std::string_view line, const Shape& root,
                                              bool may_seal, Tokens& tokens);

}  // namespace braid::json
