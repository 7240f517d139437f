#include "events/form/canonical.hpp"

#include "events/form/words.hpp"

namespace braid::form {
namespace {

/// Members without words cost nothing to claim, and whoever reads the list pays: as many as bytes
/// of an entry are plenty.
constexpr std::uint64_t max_empty_members = 65'535;

/// Walks a message in the order in which canonical form lays it out: each object begins where the
/// last ended, so a pointer that leads anywhere else is refused, and nothing can be met twice.
class Walk {
 public:
  Walk(const Word* begin, const Word* end) noexcept : head_(begin + 1), end_(end) {}

  Fault message(const Word* root, const StructLayout& layout) noexcept {
    if (*root == 0) return Fault::kind;
    if (const Fault fault = structure(root, layout); fault != Fault::none) return fault;
    return head_ == end_ ? Fault::none : Fault::surplus;
  }

 private:
  Fault structure(const Word* slot, const StructLayout& layout) noexcept {
    const Pointer pointer{*slot};
    if (pointer.kind() != Pointer::structure) return Fault::kind;
    if (pointer.words() + pointer.pointers() == 0) {
      return pointer.is_empty_struct() ? Fault::none : Fault::order;
    }
    if (slot + 1 + pointer.offset() != head_) return Fault::order;
    if (!has(pointer.words() + pointer.pointers())) return Fault::outside;
    const View view{head_, head_ + pointer.words(), pointer.words(), pointer.pointers()};
    head_ += pointer.words() + pointer.pointers();
    if (view.words != 0 && view.data[view.words - 1] == 0) return Fault::zeros;
    if (view.pointers != 0 && view.slots[view.pointers - 1] == 0) return Fault::zeros;
    return content(view, layout);
  }

  Fault content(const View& view, const StructLayout& layout) noexcept {
    if (view.words > layout.words || view.pointers > layout.pointers) return Fault::unknown;
    for (std::uint32_t i = 0; i < view.words; ++i) {
      if ((view.data[i] & ~layout.known_bits[i]) != 0) return Fault::unknown;
    }
    const std::uint32_t variant = view.variant(layout);
    if (layout.variants != 0 && variant >= layout.variants) return Fault::variant;
    for (std::uint32_t i = 0; i < view.pointers; ++i) {
      if (view.slots[i] == 0) continue;
      const Fault fault = object(view.slots + i, *layout.pointer_field(i, variant));
      if (fault != Fault::none) return fault;
    }
    return Fault::none;
  }

  Fault object(const Word* slot, const FieldLayout& field) noexcept {
    switch (field.shape) {
      case Shape::structure:
        return structure(slot, *field.type);
      case Shape::text:
        return blob(slot, true);
      case Shape::data:
        return blob(slot, false);
      case Shape::texts:
        return blobs(slot, true);
      case Shape::datas:
        return blobs(slot, false);
      case Shape::numbers:
        return numbers(slot, field.element_bits);
      case Shape::structures:
        return structures(slot, field);
      case Shape::flag:
      case Shape::number:
      case Shape::enumeration:
        break;
    }
    return Fault::kind;
  }

  /// A list pointer of this element size that leads to the next word, and that many bits after it.
  Fault list(const Word* slot, Pointer::Element element, std::uint64_t element_bits) noexcept {
    const Pointer pointer{*slot};
    if (pointer.kind() != Pointer::list || pointer.element() != element) return Fault::kind;
    if (slot + 1 + pointer.offset() != head_) return Fault::order;
    const std::uint64_t bits = pointer.count() * element_bits;
    const std::uint64_t words = (bits + 63) / 64;
    if (!has(words)) return Fault::outside;
    if (bits % 64 != 0 && head_[words - 1] >> bits % 64 != 0) return Fault::zeros;
    head_ += words;
    return Fault::none;
  }

  Fault blob(const Word* slot, bool is_text) noexcept {
    const Word* const begin = head_;
    if (const Fault fault = list(slot, Pointer::byte, 8); fault != Fault::none) return fault;
    if (!is_text) return Fault::none;
    const auto count = Pointer{*slot}.count();  // a text's includes its final zero
    if (count == 0 || reinterpret_cast<const char*>(begin)[count - 1] != 0) return Fault::kind;
    return Fault::none;
  }

  Fault blobs(const Word* slot, bool is_text) noexcept {
    const Word* const members = head_;
    if (const Fault fault = list(slot, Pointer::pointer, 64); fault != Fault::none) return fault;
    const auto count = Pointer{*slot}.count();
    for (std::uint32_t i = 0; i < count; ++i) {
      if (members[i] == 0) continue;
      if (const Fault fault = blob(members + i, is_text); fault != Fault::none) return fault;
    }
    return Fault::none;
  }

  Fault numbers(const Word* slot, std::uint32_t bits) noexcept {
    return list(slot, Pointer::element_of(bits), bits);
  }

  Fault structures(const Word* slot, const FieldLayout& field) noexcept {
    const Pointer pointer{*slot};
    if (pointer.kind() != Pointer::list || pointer.element() != Pointer::composite)
      return Fault::kind;
    if (slot + 1 + pointer.offset() != head_) return Fault::order;
    if (!has(1)) return Fault::outside;
    const Pointer tag{*head_++};
    const std::uint32_t size = tag.words() + tag.pointers();
    if (tag.kind() != Pointer::structure) return Fault::kind;
    if (tag.tag_count() * size != pointer.count()) return Fault::length;
    if (!has(pointer.count())) return Fault::outside;
    if (size == 0) return tag.tag_count() > max_empty_members ? Fault::length : Fault::none;

    const View first{head_, head_ + tag.words(), tag.words(), tag.pointers()};
    head_ += pointer.count();
    return members(first, static_cast<std::uint32_t>(tag.tag_count()), *field.type);
  }

  /// Members lie side by side, all as large as the largest needs: some member uses the last word,
  /// some the last pointer.
  Fault members(View member, std::uint32_t count, const StructLayout& layout) noexcept {
    bool words_needed = member.words == 0;
    bool pointers_needed = member.pointers == 0;
    const std::uint32_t size = member.words + member.pointers;
    for (std::uint32_t i = 0; i < count; ++i, member.data += size, member.slots += size) {
      words_needed |= member.words != 0 && member.data[member.words - 1] != 0;
      pointers_needed |= member.pointers != 0 && member.slots[member.pointers - 1] != 0;
      if (const Fault fault = content(member, layout); fault != Fault::none) return fault;
    }
    return words_needed && pointers_needed ? Fault::none : Fault::zeros;
  }

  bool has(std::uint64_t words) const noexcept {
    return words <= static_cast<std::uint64_t>(end_ - head_);
  }

  const Word* head_;  ///< the next word that nothing has led to
  const Word* end_;
};

}  // namespace

Fault canonical_fault(Bytes bytes, const StructLayout& root) noexcept {
  if (bytes.empty() || bytes.size() % sizeof(Word) != 0) return Fault::size;
  const auto* const begin = reinterpret_cast<const Word*>(bytes.data());
  return Walk(begin, begin + bytes.size() / sizeof(Word)).message(begin, root);
}

std::string_view describe(Fault fault) noexcept {
  switch (fault) {
    case Fault::none:
      return "nothing is wrong";
    case Fault::size:
      return "they are not a whole number of eight-byte words";
    case Fault::order:
      return "an object is not where canonical order puts it";
    case Fault::outside:
      return "a pointer leads out of them";
    case Fault::kind:
      return "a pointer is not of its field's type";
    case Fault::zeros:
      return "zeros at the end of a struct are not cut off, or a gap is not zero";
    case Fault::unknown:
      return "they hold a field that this version does not know";
    case Fault::variant:
      return "they are of a kind that this version does not know";
    case Fault::length:
      return "a list claims more members than it may have";
    case Fault::surplus:
      return "something follows the last object";
  }
  return "";
}

}  // namespace braid::form
