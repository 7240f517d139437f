#pragma once
#include <span>

#include "events/bytes.hpp"
#include "events/form/layout.hpp"

namespace braid::form {

/// Why bytes are not one message in Cap'n Proto's canonical form
/// (https://capnproto.org/encoding.html#canonicalization) of a struct whose every field is known.
enum class Fault {
  none,
  size,     ///< not a whole number of words, or no word at all
  order,    ///< a pointer leads elsewhere than to the next word that nothing has led to
  outside,  ///< a pointer leads out of the bytes
  kind,     ///< a pointer of another kind than the schema's field is
  zeros,    ///< a struct ends in zeros that should have been cut off; a gap is not zero
  unknown,  ///< a field that this version of the schema does not have
  variant,  ///< a union's member that this version of the schema does not have
  length,   ///< a list of more members than it has words for
  surplus,  ///< words after the last object
};

/// Reads every word once. Bounded by the bytes, whatever they hold; starting at a multiple of eight
/// is the caller's. What it finds no fault with may be read by `capnp::readMessageUnchecked`: every
/// pointer is where it should be.
Fault canonical_fault(Bytes bytes, const StructLayout& root) noexcept;

/// For people: "a pointer leads out of the bytes".
std::string_view describe(Fault fault) noexcept;

}  // namespace braid::form
