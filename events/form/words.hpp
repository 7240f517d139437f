#pragma once
#include <bit>
#include <cstdint>

#include "events/form/layout.hpp"

namespace braid::form {

static_assert(std::endian::native == std::endian::little, "words are read as they lie in memory");

/// A pointer of Cap'n Proto's encoding (https://capnproto.org/encoding.html), or the tag before a
/// list of structs.
struct Pointer {
  enum Kind : std::uint32_t { structure = 0, list = 1 };
  enum Element : std::uint32_t { byte = 2, pointer = 6, composite = 7 };

  Word word;

  std::uint32_t kind() const noexcept { return word & 3; }
  /// Words from the end of the pointer to what it leads to.
  std::int64_t offset() const noexcept { return static_cast<std::int32_t>(word) >> 2; }
  bool is_empty_struct() const noexcept { return word == 0xffff'fffc; }

  std::uint32_t words() const noexcept { return word >> 32 & 0xffff; }
  std::uint32_t pointers() const noexcept { return static_cast<std::uint32_t>(word >> 48); }

  Element element() const noexcept { return static_cast<Element>(word >> 32 & 7); }
  /// Members; of a list of structs, the words that they take.
  std::uint64_t count() const noexcept { return word >> 35; }
  std::uint64_t tag_count() const noexcept { return static_cast<std::uint32_t>(word) >> 2; }

  static Element element_of(std::uint32_t bits) noexcept {
    return static_cast<Element>(std::countr_zero(bits / 8) + 2);
  }
};

/// A struct where it lies. All zero: one that is absent.
struct View {
  const Word* data = nullptr;
  const Word* slots = nullptr;
  std::uint32_t words = 0;
  std::uint32_t pointers = 0;

  bool is_empty() const noexcept { return words + pointers == 0; }
  Word slot(std::uint32_t index) const noexcept { return index < pointers ? slots[index] : 0; }

  /// A field of data as it is meant: with its default turned back.
  Word value(const FieldLayout& field) const noexcept {
    const Word stored = field.word < words ? data[field.word] >> field.shift & field.mask : 0;
    return stored ^ field.preset;
  }
  std::uint32_t variant(const StructLayout& layout) const noexcept {
    if (layout.variants == 0 || layout.variant_word >= words) return 0;
    return data[layout.variant_word] >> layout.variant_shift & 0xffff;
  }
};

}  // namespace braid::form
