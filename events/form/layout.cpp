#include "events/form/layout.hpp"

#include <capnp/schema.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "events/check.hpp"
#include "events/marks.hpp"
#include "events/schema/entry.capnp.h"
#include "events/schema/event.capnp.h"

namespace braid::form {
namespace {

using capnp::StructSchema;
using capnp::schema::Type;

/// All codes, so that a field can point to its own.
constexpr std::array codes = {Code::ODS,  Code::GSS,  Code::OFFICER, Code::PLACE,
                              Code::FUND, Code::RULE, Code::WORD};
static_assert(codes[static_cast<std::size_t>(Code::WORD)] == Code::WORD, "in the schema's order");

Role role_of(std::uint64_t id) {
  if (id == capnp::typeId<schema::Uuid>()) return Role::uuid;
  if (id == capnp::typeId<schema::Digest>()) return Role::digest;
  if (id == capnp::typeId<schema::PersonToken>()) return Role::token;
  if (id == capnp::typeId<schema::Sealed>()) return Role::sealed;
  if (id == capnp::typeId<schema::Strand>()) return Role::strand;
  return Role::plain;
}

/// Bits that a value of this type takes in a struct or list; nothing for what a pointer holds.
std::optional<std::uint32_t> bits_of(capnp::Type type) {
  switch (type.which()) {
    case Type::VOID:
      return 0;
    case Type::BOOL:
      return 1;
    case Type::INT8:
    case Type::UINT8:
      return 8;
    case Type::INT16:
    case Type::UINT16:
    case Type::ENUM:
      return 16;
    case Type::INT32:
    case Type::UINT32:
    case Type::FLOAT32:
      return 32;
    case Type::INT64:
    case Type::UINT64:
    case Type::FLOAT64:
      return 64;
    default:
      return std::nullopt;
  }
}

Shape list_shape(capnp::Type element) {
  if (element.isText()) return Shape::texts;
  if (element.isData()) return Shape::datas;
  if (element.isStruct()) return Shape::structures;
  check(bits_of(element).value_or(0) >= 8, "lists hold texts, data, structs and numbers only");
  return Shape::numbers;
}

Shape shape_of(capnp::Type type) {
  if (type.isBool()) return Shape::flag;
  if (type.isEnum()) return Shape::enumeration;
  if (type.isText()) return Shape::text;
  if (type.isData()) return Shape::data;
  if (type.isStruct()) return Shape::structure;
  if (type.isList()) return list_shape(type.asList().getElementType());
  check(bits_of(type).value_or(0) >= 8 && !type.isFloat32() && !type.isFloat64(),
        "fields are whole numbers, texts, data, structs and lists of those");
  return Shape::number;
}

/// The default as it is stored: the bits that are turned in every stored value.
Word preset_of(capnp::schema::Value::Reader value) {
  switch (value.which()) {
    case capnp::schema::Value::INT32:
      return static_cast<std::uint32_t>(value.getInt32());
    case capnp::schema::Value::INT64:
      return static_cast<Word>(value.getInt64());
    case capnp::schema::Value::UINT16:
      return value.getUint16();
    case capnp::schema::Value::UINT32:
      return value.getUint32();
    case capnp::schema::Value::UINT64:
      return value.getUint64();
    case capnp::schema::Value::ENUM:
      return value.getEnum();
    case capnp::schema::Value::BOOL:
      return value.getBool() ? 1 : 0;
    default:
      return 0;
  }
}

void read_marks(FieldLayout& field, capnp::schema::Field::Reader proto) {
  const bool is_list = field.shape >= Shape::texts;
  field.max_length = is_list ? default_max_members : default_max_bytes;
  for (const auto mark : proto.getAnnotations()) {
    switch (Mark{mark.getId()}) {
      case Mark::date:
        field.measure = Measure::date;
        break;
      case Mark::month:
        field.measure = Measure::month;
        break;
      case Mark::pence:
        field.measure = Measure::pence;
        break;
      case Mark::optional:
        field.optional = true;
        break;
      case Mark::max_length:
        field.max_length = mark.getValue().getUint32();
        break;
      case Mark::code:
        field.code = &codes.at(mark.getValue().getEnum());
        break;
      default:
        break;  // meant for other readers
    }
  }
}

/// Layouts by type id. A type's own is entered before its fields are read.
class Layouts {
 public:
  const StructLayout* of(StructSchema type) {
    auto& layout = layouts_[type.getProto().getId()];
    if (layout == nullptr) {
      layout = std::make_unique<StructLayout>();
      fill(*layout, type);
    }
    return layout.get();
  }

 private:
  void fill(StructLayout& layout, StructSchema type) {
    const auto node = type.getProto().getStruct();
    layout.role = role_of(type.getProto().getId());
    layout.words = node.getDataWordCount();
    layout.pointers = node.getPointerCount();
    layout.known_bits.resize(layout.words);
    add_fields(layout, type);
    layout.by_pointer.resize(layout.pointers);
    layout.by_variant.resize(layout.variants);
    layout.present.resize(std::max(layout.variants, 1u));
    for (const FieldLayout& field : layout.fields) index(layout, field);
  }

  void add_fields(StructLayout& layout, StructSchema type) {
    if (const auto node = type.getProto().getStruct(); node.getDiscriminantCount() != 0) {
      check(layout.variants == 0, "a struct has one union at most");
      layout.variants = node.getDiscriminantCount();
      layout.variant_word = node.getDiscriminantOffset() / 4;
      layout.variant_shift = node.getDiscriminantOffset() % 4 * 16;
      layout.known_bits[layout.variant_word] |= Word{0xffff} << layout.variant_shift;
    }
    std::vector<StructSchema::Field> fields;
    for (const auto field : type.getFields()) fields.push_back(field);
    std::sort(fields.begin(), fields.end(), [](const auto& a, const auto& b) {
      return a.getProto().getCodeOrder() < b.getProto().getCodeOrder();
    });
    for (const auto& field : fields) {
      if (field.getProto().isGroup()) {
        add_fields(layout, field.getType().asStruct());
      } else {
        add_field(layout, field);
      }
    }
  }

  void add_field(StructLayout& layout, const StructSchema::Field& schema_field) {
    const auto proto = schema_field.getProto();
    const auto type = schema_field.getType();
    const capnp::Text::Reader name = proto.getName();
    FieldLayout field;
    field.name = {name.begin(), name.size()};
    field.shape = shape_of(type);
    if (proto.getDiscriminantValue() != 0xffff) {
      field.variant = proto.getDiscriminantValue();
    }
    if (const auto bits = bits_of(type)) {
      const std::uint32_t bit = proto.getSlot().getOffset() * *bits;
      field.word = bit / 64;
      field.shift = bit % 64;
      field.mask = *bits == 64 ? ~Word{0} : (Word{1} << *bits) - 1;
      field.preset = preset_of(proto.getSlot().getDefaultValue());
      layout.known_bits[field.word] |= field.mask << field.shift;
    } else {
      field.word = proto.getSlot().getOffset();
    }
    if (type.isEnum()) field.enumerants = type.asEnum().getEnumerants().size();
    if (type.isStruct()) field.type = of(type.asStruct());
    if (type.isList()) add_element(field, type.asList().getElementType());
    read_marks(field, proto);
    layout.fields.push_back(field);
  }

  void add_element(FieldLayout& field, capnp::Type element) {
    if (element.isStruct()) field.type = of(element.asStruct());
    if (element.isEnum()) field.enumerants = element.asEnum().getEnumerants().size();
    field.element_bits = bits_of(element).value_or(0);
  }

  static void index(StructLayout& layout, const FieldLayout& field) {
    for (std::uint32_t variant = 0; variant < layout.present.size(); ++variant) {
      if (field.variant == FieldLayout::always || field.variant == variant) {
        layout.present[variant].push_back(&field);
      }
    }
    const bool is_pointer = field.shape >= Shape::text;
    if (field.variant != FieldLayout::always) {
      check(is_pointer,
            "members of a union are held by one pointer, so that no other bits can hide");
      layout.by_variant[field.variant] = &field;
    } else if (is_pointer) {
      layout.by_pointer[field.word] = &field;
    }
  }

  std::map<std::uint64_t, std::unique_ptr<StructLayout>> layouts_;
};

}  // namespace

const StructLayout& event_layout() {
  static Layouts layouts;
  static const StructLayout& layout = *layouts.of(capnp::Schema::from<schema::Event>());
  return layout;
}

const StructLayout& entry_layout() {
  static Layouts layouts;
  static const StructLayout& layout = *layouts.of(capnp::Schema::from<schema::Entry>());
  return layout;
}

}  // namespace braid::form
