#pragma once
// Force-included for clang only: capnp/blob.h of Cap'n Proto 0.9.2 wants an operator== that C++20 no longer finds.
#include <kj/string.h>

namespace kj {
inline bool operator==(const char* a, const StringPtr& b) { return b.operator==(StringPtr(a)); }
}  // namespace kj
