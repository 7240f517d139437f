#pragma once

namespace braid {

/// 128 bits, for products and sums of 64-bit amounts. Here only: -Wpedantic refuses the type's name
/// elsewhere.
__extension__ using Wide = __int128;
__extension__ using UnsignedWide = unsigned __int128;

}  // namespace braid
