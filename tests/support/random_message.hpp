#pragma once
#include <capnp/dynamic.h>

#include <random>

namespace braid::test {

/// Fills a fresh struct of any type with values that its schema allows: every member that must be
/// said, optional ones sometimes, one member of each union, texts, lists and bytes within their
/// limits, days that exist. Aims at the edges: least and greatest numbers, empty and full texts,
/// characters that JSON escapes. The same `random` gives the same message.
void fill_randomly(capnp::DynamicStruct::Builder message, std::mt19937_64& random);

}  // namespace braid::test
