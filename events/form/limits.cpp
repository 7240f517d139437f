#include "events/form/limits.hpp"

#include "events/date.hpp"
#include "events/form/code.hpp"
#include "events/form/text.hpp"
#include "events/form/words.hpp"

namespace braid::form {
namespace {

constexpr std::int32_t first_day = -25'567;  // 1900-01-01
constexpr std::int32_t last_day = 84'370;    // 2200-12-31
constexpr std::int32_t first_month = -70 * 12;
constexpr std::int32_t last_month = 231 * 12 - 1;
constexpr std::size_t nonce_bytes = 24;
constexpr std::size_t least_box_bytes = 16;  // the tag of an empty text

/// The way from the event to a field, on the stack; `text` only when something is wrong.
struct Path {
  const Path* up;
  std::string_view name;
  std::int64_t index = -1;

  std::string text() const {
    std::string text = up != nullptr ? up->text() : "";
    if (index >= 0) return text += '[' + std::to_string(index) + ']';
    if (!text.empty()) text += '.';
    return text += name;
  }
};

const Word* target(const Word* slot) noexcept { return slot + 1 + Pointer{*slot}.offset(); }

View struct_at(const View& view, std::uint32_t slot) noexcept {
  if (view.slot(slot) == 0) return {};
  const Pointer pointer{view.slots[slot]};
  const Word* const data = target(view.slots + slot);
  return {data, data + pointer.words(), pointer.words(), pointer.pointers()};
}

Bytes blob_at(const Word* slot) noexcept {
  if (*slot == 0) return {};
  return {reinterpret_cast<const std::byte*>(target(slot)), Pointer{*slot}.count()};
}
std::string_view text_at(const Word* slot) noexcept {
  const auto text = as_text(blob_at(slot));
  return text.empty() ? text : text.substr(0, text.size() - 1);  // without its final zero
}

std::string number(std::uint64_t value) { return std::to_string(value); }

/// Asks every field in turn and stops at the first that is wrong.
class Limits {
 public:
  Limits(Form& form, const StructLayout& root) : form_(form), root_(root) {}

  bool structure(const View& view, const StructLayout& layout, const Path* path) {
    for (const FieldLayout* const asked : layout.present[view.variant(layout)]) {
      const FieldLayout& field = *asked;
      // A member of the event's own union is the event's body: its fields are named as the event's
      // own.
      const Path at{path, field.name};
      const bool is_body = &layout == &root_ && field.variant != FieldLayout::always;
      if (!this->field(view, field, is_body ? nullptr : &at)) return false;
    }
    return true;
  }

 private:
  bool field(const View& view, const FieldLayout& field, const Path* at) {
    static constexpr Word nothing = 0;
    const Word* const slot = field.word < view.pointers ? view.slots + field.word : &nothing;
    switch (field.shape) {
      case Shape::flag:
        return true;
      case Shape::number:
        return number_holds(view.value(field), field, at);
      case Shape::enumeration:
        return enumerant(view.value(field), field, at);
      case Shape::text:
        return text(text_at(slot), field, at);
      case Shape::data:
        return data(blob_at(slot), field, at);
      case Shape::structure:
        return value(struct_at(view, field.word), field, at);
      case Shape::texts:
        return texts(slot, field, at);
      case Shape::datas:
        return length(count_of(slot), field, at);
      case Shape::numbers:
        return numbers(slot, field, at);
      case Shape::structures:
        return structures(slot, field, at);
    }
    return true;
  }

  bool number_holds(Word value, const FieldLayout& field, const Path* at) {
    switch (field.measure) {
      case Measure::none:
        return true;
      case Measure::pence:
        return pence(static_cast<std::int64_t>(value), at);
      case Measure::date:
        return day(static_cast<std::int32_t>(value), field, at, first_day, last_day,
                   "a day from 1900-01-01 to 2200-12-31");
      case Measure::month:
        return day(static_cast<std::int32_t>(value), field, at, first_month, last_month,
                   "a month from 1900-01 to 2200-12");
    }
    return true;
  }

  bool pence(std::int64_t value, const Path* at) {
    if (value >= 0 && value <= max_pence) [[likely]]
      return true;
    return refuse(
        at, value < 0 ? "An amount is never negative: the kind of event or its direction says "
                        "which way it goes."
                      : "An amount is at most GBP 100,000,000,000.00: check the number of digits.");
  }

  bool day(std::int32_t value, const FieldLayout& field, const Path* at, std::int32_t first,
           std::int32_t last, std::string_view expected) {
    if (value >= first && value <= last) [[likely]]
      return true;
    if (field.optional && Date{value}.is_none()) return true;
    return refuse(at, "Expected " + std::string(expected) + ".");
  }

  bool enumerant(Word value, const FieldLayout& field, const Path* at) {
    if (value < field.enumerants) [[likely]]
      return true;
    return refuse(at, "This version knows no value " + number(value) + " here: use one of the " +
                          number(field.enumerants) + " that the schema lists.");
  }

  bool text(std::string_view text, const FieldLayout& field, const Path* at) {
    if (text.empty()) {
      if (field.optional) return true;
      return refuse(at, field.code != nullptr
                            ? "Expected " + std::string(shape_of(*field.code)) + "."
                            : "A text is required here.");
    }
    if (field.code != nullptr) return code(text, *field.code, at);  // says how long, too
    if (text.size() > field.max_length) return too_long("text", text.size(), field, at);
    const auto flaw = text_flaw(text);
    return flaw.empty() || refuse(at, flaw);
  }

  bool code(std::string_view text, Code code, const Path* at) {
    return is_code(code, text) || refuse(at, "Expected " + std::string(shape_of(code)) + ".");
  }

  bool data(Bytes data, const FieldLayout& field, const Path* at) {
    if (data.empty() && !field.optional) return refuse(at, "Bytes are required here.");
    return data.size() <= field.max_length || too_long("value", data.size(), field, at);
  }

  bool too_long(std::string_view what, std::size_t size, const FieldLayout& field, const Path* at) {
    return refuse(at, "This " + std::string(what) + " has " + number(size) + " bytes and at most " +
                          number(field.max_length) + " are kept: shorten it.");
  }

  bool value(const View& view, const FieldLayout& field, const Path* at) {
    const Role role = field.type->role;
    if (role == Role::plain) return structure(view, *field.type, at);
    if (view.is_empty()) return field.optional || refuse(at, required(role));
    switch (role) {
      case Role::sealed:
        return sealed(view, *field.type, at);
      case Role::strand:
        return strand(view, *field.type, at);
      case Role::plain:
      case Role::uuid:
      case Role::digest:
      case Role::token:
        break;  // canonical bytes that are not empty are not zero
    }
    return true;
  }

  static std::string required(Role role) {
    switch (role) {
      case Role::uuid:
        return "An identifier is required here; the nil UUID names nothing.";
      case Role::digest:
        return "A hash is required here; 32 zero bytes are none.";
      case Role::token:
        return "A person token is required here: make one with `braid person token`.";
      case Role::sealed:
        return "A sealed text is required here: seal it under the person's key.";
      case Role::strand:
        return "A strand is required here: organisation, sector and fund.";
      case Role::plain:
        break;
    }
    return {};
  }

  bool sealed(const View& view, const StructLayout& layout, const Path* at) {
    if (!structure(view, layout, at)) return false;
    const Path nonce{at, "nonce"};
    const Path box{at, "box"};
    if (blob_at(view.slots + 1).size() != nonce_bytes) {
      return refuse(&nonce, "A nonce has 24 bytes (XChaCha20): seal the text anew.");
    }
    if (blob_at(view.slots + 2).size() < least_box_bytes) {
      return refuse(&box,
                    "A sealed box has at least 16 bytes, its tag: never put clear text here.");
    }
    return true;
  }

  bool strand(const View& view, const StructLayout& layout, const Path* at) {
    const FieldLayout& organisation = layout.fields[0];
    const FieldLayout& sector = layout.fields[1];
    const FieldLayout& fund = layout.fields[2];
    const Path organisation_at{at, organisation.name};
    const Path sector_at{at, sector.name};
    const Path fund_at{at, fund.name};
    if (!field(view, organisation, &organisation_at) || !field(view, sector, &sector_at))
      return false;
    const auto whose = static_cast<schema::Sector>(view.value(sector));
    if (whose == schema::Sector::NONE) {
      return refuse(&sector_at,
                    "A strand says whose money it is: health, socialCare, education, housing, "
                    "voluntary or person.");
    }
    if (whose != schema::Sector::PERSON) return field(view, fund, &fund_at);
    return view.slot(fund.word) == 0 || text_at(view.slots + fund.word).empty() ||
           refuse(&fund_at, "A person's own money has no fund: leave it empty.");
  }

  static std::uint64_t count_of(const Word* slot) noexcept {
    if (*slot == 0) return 0;
    const Pointer pointer{*slot};
    return pointer.element() == Pointer::composite ? Pointer{*target(slot)}.tag_count()
                                                   : pointer.count();
  }

  bool length(std::uint64_t count, const FieldLayout& field, const Path* at) {
    if (count <= field.max_length) [[likely]]
      return true;
    return refuse(at, "This list has " + number(count) + " members and at most " +
                          number(field.max_length) + " are allowed: split it over several events.");
  }

  bool texts(const Word* slot, const FieldLayout& field, const Path* at) {
    const auto count = count_of(slot);
    if (!length(count, field, at)) return false;
    FieldLayout member = field;
    member.optional = false;
    member.max_length = max_member_bytes;
    for (std::uint64_t i = 0; i < count; ++i) {
      const Path index{at, {}, static_cast<std::int64_t>(i)};
      if (!text(text_at(target(slot) + i), member, &index)) return false;
    }
    return true;
  }

  bool numbers(const Word* slot, const FieldLayout& field, const Path* at) {
    const auto count = count_of(slot);
    if (!length(count, field, at)) return false;
    if (field.enumerants == 0) return true;
    const auto* const values = reinterpret_cast<const std::byte*>(target(slot));
    for (std::uint64_t i = 0; i < count; ++i) {
      const Path index{at, {}, static_cast<std::int64_t>(i)};
      std::uint16_t value = 0;  // a list with enumerants is one of 16 bits a member
      std::memcpy(&value, values + 2 * i, sizeof value);
      if (!enumerant(value, field, &index)) return false;
    }
    return true;
  }

  bool structures(const Word* slot, const FieldLayout& field, const Path* at) {
    const auto count = count_of(slot);
    if (!length(count, field, at)) return false;
    if (count == 0) return true;
    const Word* const tag_word = target(slot);
    const Pointer tag{*tag_word};
    View member{tag_word + 1, tag_word + 1 + tag.words(), tag.words(), tag.pointers()};
    const std::uint32_t size = tag.words() + tag.pointers();
    for (std::uint64_t i = 0; i < count; ++i, member.data += size, member.slots += size) {
      const Path index{at, {}, static_cast<std::int64_t>(i)};
      if (!structure(member, *field.type, &index)) return false;
    }
    return true;
  }

  bool refuse(const Path* at, std::string_view sentence) {
    form_.refuse(at != nullptr ? at->text() : "body", std::string(sentence));
    return false;
  }

  static constexpr std::uint32_t max_member_bytes = 256;
  Form& form_;
  const StructLayout& root_;
};

}  // namespace

void check_limits(Form& form, Bytes canonical, const StructLayout& root) {
  const auto* const begin = reinterpret_cast<const Word*>(canonical.data());
  const View message{begin, begin, 0, 1};
  Limits(form, root).structure(struct_at(message, 0), root, nullptr);
}

}  // namespace braid::form
