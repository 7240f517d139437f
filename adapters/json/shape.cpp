#include "adapters/json/shape.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "events/check.hpp"
#include "events/marks.hpp"
#include "events/schema/common.capnp.h"
#include "events/sealed.hpp"

namespace braid::json {
namespace {

using capnp::schema::Type;

std::string name_of(capnp::Schema schema) { return schema.getShortDisplayName().cStr(); }

/// The bits of an integer type, negative for a signed one; 0 for other types.
int bits_of(Type::Which type) {
  switch (type) {
    case Type::INT8:
      return -8;
    case Type::INT16:
      return -16;
    case Type::INT32:
      return -32;
    case Type::INT64:
      return -64;
    case Type::UINT8:
      return 8;
    case Type::UINT16:
      return 16;
    case Type::UINT32:
      return 32;
    case Type::UINT64:
      return 64;
    default:
      return 0;
  }
}

bool limit_integer(Shape& shape, Type::Which type) {
  const int bits = bits_of(type);
  if (bits == 0) return false;
  constexpr auto all = std::numeric_limits<std::uint64_t>::max();
  shape.form = Form::integer;
  shape.most = bits < 0 ? all >> (65 + bits) : all >> (64 - bits);
  shape.least = bits < 0 ? -static_cast<std::int64_t>(shape.most) - 1 : 0;
  return true;
}

template <class Struct>
bool is(capnp::StructSchema schema) {
  return schema.getProto().getId() == capnp::typeId<Struct>();
}

/// Native types are one text in JSON.
Form form_of(capnp::StructSchema schema) {
  if (is<schema::Uuid>(schema)) return Form::uuid;
  if (is<schema::Digest>(schema)) return Form::digest;
  if (is<schema::PersonToken>(schema)) return Form::token;
  return is<schema::Sealed>(schema) ? Form::sealed : Form::object;
}

void index_members(Shape& shape) {
  check(shape.members.size() <= max_members, "a struct has at most 256 members");
  for (std::size_t at = 0; at < shape.members.size(); ++at) {
    const Member& member = shape.members[at];
    shape.required[at] = !member.is_optional && !member.is_in_union && shape.form == Form::object;
    shape.has_union = shape.has_union || member.is_in_union;
  }
  shape.by_name.resize(shape.members.size());
  std::iota(shape.by_name.begin(), shape.by_name.end(), std::uint16_t{0});
  std::ranges::sort(shape.by_name, {},
                    [&](std::uint16_t at) { return std::string_view(shape.members[at].name); });
}

}  // namespace

int Shape::find(std::string_view member, std::size_t guess) const {
  if (guess < members.size() && members[guess].name == member) return static_cast<int>(guess);
  const auto name_at = [&](std::uint16_t at) { return std::string_view(members[at].name); };
  const auto found = std::ranges::lower_bound(by_name, member, {}, name_at);
  return found != by_name.end() && name_at(*found) == member ? *found : -1;
}

std::vector<std::string_view> Shape::union_names() const {
  std::vector<std::string_view> found;
  for (const Member& member : members)
    if (member.is_in_union) found.push_back(member.name);
  return found;
}

std::vector<std::string_view> Shape::names() const {
  std::vector<std::string_view> found;
  for (const Member& member : members) found.push_back(member.name);
  return found;
}

Shapes::Shapes(capnp::StructSchema root) : root_(object_of(root)) {}

Shape* Shapes::add(Form form) {
  Shape& shape = shapes_.emplace_back();
  shape.form = form;
  return &shape;
}

const Shape* Shapes::object_of(capnp::StructSchema schema) {
  const auto known = objects_.find(schema.getProto().getId());
  if (known != objects_.end()) return known->second;

  Shape* shape = add(form_of(schema));
  objects_[schema.getProto().getId()] = shape;  // before its fields: a struct may hold itself
  shape->name = name_of(schema);
  if (!shape->is_object()) return shape;

  for (auto field : schema.getFields()) {
    const bool is_in_union =
        field.getProto().getDiscriminantValue() != capnp::schema::Field::NO_DISCRIMINANT;
    shape->members.push_back({field.getProto().getName().cStr(), field_of(field),
                              is_marked(field, Mark::optional), is_in_union});
  }
  if (shape->form == Form::sealed) {
    check(shape->members.size() == 3 && shape->members[sealed_box].name == "box",
          "Sealed is keyId, nonce and box");
    Shape* clear = add(Form::clear);
    clear->max_length = SealedBox::max_plaintext_bytes;
    shape->members.push_back({"clear", clear});
    shape->members.push_back({"about", add(Form::token)});
  }
  index_members(*shape);
  return shape;
}

const Shape* Shapes::field_of(capnp::StructSchema::Field field) {
  const Form form = is_marked(field, Mark::date)      ? Form::date
                    : is_marked(field, Mark::month)   ? Form::month
                    : is_marked(field, Mark::instant) ? Form::instant
                    : is_marked(field, Mark::pence)   ? Form::pence
                                                      : Form::nothing;
  const auto type = field.getType();
  if (form == Form::nothing) {
    const auto by_default = type.isList() ? default_max_members : default_max_bytes;
    return value_of(type, max_length(field).value_or(by_default));
  }
  const bool is_days = form == Form::date || form == Form::month;
  check(is_days ? type.isInt32() : type.isInt64(), "a mark stands on the type that it is for");
  Shape* shape = add(form);
  limit_integer(*shape, type.which());
  shape->form = form;
  return shape;
}

const Shape* Shapes::value_of(capnp::Type type, std::uint32_t max_length) {
  if (type.isStruct()) return object_of(type.asStruct());
  Shape* shape = add(Form::nothing);
  shape->max_length = max_length;
  if (limit_integer(*shape, type.which())) return shape;
  switch (type.which()) {
    case Type::VOID:
      break;
    case Type::BOOL:
      shape->form = Form::boolean;
      break;
    case Type::TEXT:
      shape->form = Form::text;
      break;
    case Type::DATA:
      shape->form = Form::data;
      break;
    case Type::LIST: {
      const auto element = type.asList().getElementType();
      shape->form = Form::list;
      shape->element =
          value_of(element, element.isList() ? default_max_members : default_max_bytes);
      break;
    }
    case Type::ENUM:
      shape->form = Form::word;
      shape->name = name_of(type.asEnum());
      for (auto word : type.asEnum().getEnumerants())
        shape->words.emplace_back(word.getProto().getName().cStr());
      break;
    default:
      check(false, "a ledger has no floating point, interfaces or untyped pointers");
  }
  return shape;
}

}  // namespace braid::json
