#pragma once
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "events/schema/common.capnp.h"

namespace braid::form {

using Word = std::uint64_t;
using schema::Code;

/// What the schemas say about a struct's fields and their marks ($maxLength, $optional, $date,
/// $pence, $code ...), read once when the program starts, so that stored words can be checked
/// without reflection.
struct StructLayout;

enum class Shape {
  flag,
  number,
  enumeration,
  text,
  data,
  structure,
  texts,
  datas,
  numbers,
  structures
};
enum class Measure { none, date, month, pence };
/// Structs of common.capnp that mean one value.
enum class Role { plain, uuid, digest, token, sealed, strand };

struct FieldLayout {
  static constexpr std::uint32_t always = 0xffff'ffff;

  std::string_view name;  ///< lives as long as the program
  Shape shape{};
  Measure measure{};
  bool optional = false;
  std::uint32_t variant = always;  ///< the union's value under which the field is there
  std::uint32_t word = 0;          ///< data: which word; pointers: which pointer
  std::uint32_t shift = 0;         ///< data: the lowest bit in the word
  Word mask = 0;                   ///< data: ones for each bit, after the shift
  Word preset = 0;                 ///< data: the default value, which is stored as zero
  std::uint32_t max_length = 0;    ///< text, data: bytes; lists: members
  std::uint32_t enumerants =
      0;  ///< enumeration, list of them: how many are known; 0 for plain numbers
  std::uint32_t element_bits = 0;  ///< list of numbers
  const Code* code = nullptr;      ///< text, list of texts: how it is written
  const StructLayout* type = nullptr;
};

struct StructLayout {
  Role role{};
  std::uint32_t words = 0;
  std::uint32_t pointers = 0;
  std::vector<FieldLayout>
      fields;  ///< in the order in which the schema declares them; a group's in its place
  /// By the union's value, the fields that are there under it, in the same order; of a struct
  /// without a union, one list.
  std::vector<std::vector<const FieldLayout*>> present;
  std::vector<Word> known_bits;  ///< by data word: the bits that some field uses

  std::uint32_t variants = 0;      ///< members of its union; 0: has none
  std::uint32_t variant_word = 0;  ///< where the union's value stands
  std::uint32_t variant_shift = 0;
  std::vector<const FieldLayout*>
      by_pointer;  ///< nothing where the union's members share a pointer
  std::vector<const FieldLayout*>
      by_variant;  ///< the union's members; all are pointers, all share one

  /// The field that a pointer holds under this value of the union.
  const FieldLayout* pointer_field(std::uint32_t pointer, std::uint32_t variant) const {
    const FieldLayout* const field = by_pointer[pointer];
    return field != nullptr ? field : by_variant[variant];
  }
};

/// The layouts of the two messages that are stored. Built at the first call; good for ever.
const StructLayout& event_layout();
const StructLayout& entry_layout();

}  // namespace braid::form
