#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace braid::ledger {

/// Takes the next line off `text`, without its end; nothing where no line end follows.
std::optional<std::string_view> take_line(std::string_view& text);

/// A decimal number as the C2SP formats write sizes and indexes: digits, no leading zeroes.
std::optional<std::uint64_t> decimal(std::string_view text);

}  // namespace braid::ledger
