#pragma once
#include <span>
#include <string_view>

#include "events/digest.hpp"
#include "events/table/row_store.hpp"

namespace braid {

/// The digest of a view's rows, by which workers, versions and engines check one another. SHA-256
/// over, for each of `tables` in the order of their names: the name; for each row in key order, a
/// byte 1, its key and its value; a byte 0. Names, keys and values have their lengths before them
/// as 8 bytes, big-endian. Reads every row once, in constant memory.
Digest view_digest(const RowReader& rows, std::span<const std::string_view> tables);

}  // namespace braid
