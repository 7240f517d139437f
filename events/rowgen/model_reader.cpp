#include "events/rowgen/model_reader.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <set>
#include <type_traits>

#include "events/rowgen/check_table.hpp"
#include "events/rowgen/names.hpp"

namespace braid::rowgen {
namespace {

using Node = SchemaIndex::Node;
namespace capnp_schema = capnp::schema;

Type integer(bool is_signed, unsigned bits) {
  return {Type::Form::integer, (is_signed ? "std::int" : "std::uint") + std::to_string(bits) + "_t",
          bits};
}

/// The number as C++ writes it; the least of a signed type has no literal.
template <class T>
void set_number(Field& field, T value) {
  field.default_bits = static_cast<std::make_unsigned_t<T>>(value);
  if (value == 0) return;
  field.default_cpp = std::is_signed_v<T> && value == std::numeric_limits<T>::min()
                          ? "std::numeric_limits<" + field.type.cpp + ">::min()"
                          : std::to_string(value) + (std::is_signed_v<T> ? "" : "u");
}

/// In Cap'n Proto's words a value lies as its difference (exclusive or) from the default.
void set_default(Field& field, capnp_schema::Value::Reader value) {
  using Value = capnp_schema::Value;
  switch (value.which()) {
    case Value::BOOL:
      field.default_bits = value.getBool() ? 1 : 0;
      field.default_cpp = value.getBool() ? "true" : "";
      return;
    case Value::INT8:
      return set_number(field, value.getInt8());
    case Value::INT16:
      return set_number(field, value.getInt16());
    case Value::INT32:
      return set_number(field, value.getInt32());
    case Value::INT64:
      return set_number(field, value.getInt64());
    case Value::UINT8:
      return set_number(field, value.getUint8());
    case Value::UINT16:
      return set_number(field, value.getUint16());
    case Value::UINT32:
      return set_number(field, value.getUint32());
    case Value::UINT64:
      return set_number(field, value.getUint64());
    case Value::ENUM:
      field.default_bits = value.getEnum();
      field.default_cpp =
          "static_cast<" + field.type.cpp + ">(" + std::to_string(value.getEnum()) + ")";
      return;
    default:
      unsupported("only a number, truth or enumerant can have a default of its own");
  }
}

/// Reads one file's structs, parts before wholes.
class Reader {
 public:
  Reader(const SchemaIndex& index, Node file) : index_(index), file_(file) {}

  void read_scope(Node scope);
  std::vector<Struct> structs;
  /// The enums declared right there.
  std::vector<Enum> enums_of(Node scope) const;
  std::set<std::string> native_headers;
  std::set<std::uint64_t> files_used;  // whose value types are members here

 private:
  bool read_struct(Node node);
  Struct struct_of(Node node);
  Field field_of(Node owner, capnp_schema::Field::Reader field);
  Type type_of(capnp_schema::Type::Reader type);
  Type struct_type(Node node);
  Type list_type(capnp_schema::Type::Reader element);

  const SchemaIndex& index_;
  Node file_;
  std::set<std::uint64_t> finished_, open_, left_out_;
};

std::vector<Enum> Reader::enums_of(Node scope) const {
  std::vector<Enum> enums;
  for (const auto nested : scope.getNestedNodes())
    if (const auto node = index_.node(nested.getId()); node.isEnum())
      enums.push_back({SchemaIndex::name_of(node), index_.schema_cpp_name(node)});
  return enums;
}

void Reader::read_scope(Node scope) {
  for (const auto nested : scope.getNestedNodes()) {
    const auto node = index_.node(nested.getId());
    if (!node.isStruct()) continue;
    read_struct(node);
    read_scope(node);
  }
}

/// Whether the struct could be expressed.
bool Reader::read_struct(Node node) {
  const auto annotations = node.getAnnotations();
  if (SchemaIndex::text(annotations, Mark::native)) return true;
  if (finished_.contains(node.getId())) return true;
  if (left_out_.contains(node.getId())) return false;
  try {
    if (!open_.insert(node.getId()).second)
      unsupported("a struct that holds itself cannot be a value");
    auto row = struct_of(node);
    if (!row.table.empty()) check_table(row);
    structs.push_back(std::move(row));
    finished_.insert(node.getId());
    return true;
  } catch (const Unsupported& why) {
    if (SchemaIndex::text(annotations, Mark::table))
      throw Unsupported(std::string(node.getDisplayName().cStr()) + ": " + why.what());
    left_out_.insert(node.getId());
    return false;
  }
}

Struct Reader::struct_of(Node node) {
  const auto shape = node.getStruct();
  if (shape.getDiscriminantCount() > 0)
    unsupported("a row cannot have a union; give each alternative its own column");
  Struct row;
  row.name = index_.flat_name(node);
  row.cpp = "::" + *SchemaIndex::text(file_.getAnnotations(), Mark::rows) + "::" + row.name;
  row.schema_cpp = index_.schema_cpp_name(node);
  row.meaning = SchemaIndex::text(node.getAnnotations(), Mark::meaning).value_or("");
  row.table = SchemaIndex::text(node.getAnnotations(), Mark::table).value_or("");
  row.data_words = shape.getDataWordCount();
  row.pointers = shape.getPointerCount();
  row.enums = enums_of(node);
  for (const auto field : shape.getFields()) row.fields.push_back(field_of(node, field));
  return row;
}

Field Reader::field_of(Node owner, capnp_schema::Field::Reader field) {
  const std::string name = field.getName().cStr();
  try {
    if (!field.isSlot()) unsupported("a row cannot have a group; make it a struct");
    const auto slot = field.getSlot();
    const auto annotations = field.getAnnotations();
    Field result;
    result.name = snake_case(name);
    result.capnp_name = title_case(name);
    result.schema_name = name;
    result.type = type_of(slot.getType());
    result.offset = slot.getOffset();
    if (slot.getHadExplicitDefault()) set_default(result, slot.getDefaultValue());
    if (const auto order = SchemaIndex::number(annotations, Mark::key))
      result.key_order = static_cast<std::uint16_t>(*order);
    result.max_length = SchemaIndex::number(annotations, Mark::max_length).value_or(256);
    result.meaning = SchemaIndex::text(annotations, Mark::meaning).value_or("");
    return result;
  } catch (const Unsupported& why) {
    if (!SchemaIndex::text(owner.getAnnotations(), Mark::table)) throw;
    throw Unsupported("field '" + name + "': " + why.what());
  }
}

Type Reader::type_of(capnp_schema::Type::Reader type) {
  switch (type.which()) {
    case capnp_schema::Type::BOOL:
      return {Type::Form::boolean, "bool", 1};
    case capnp_schema::Type::INT8:
      return integer(true, 8);
    case capnp_schema::Type::INT16:
      return integer(true, 16);
    case capnp_schema::Type::INT32:
      return integer(true, 32);
    case capnp_schema::Type::INT64:
      return integer(true, 64);
    case capnp_schema::Type::UINT8:
      return integer(false, 8);
    case capnp_schema::Type::UINT16:
      return integer(false, 16);
    case capnp_schema::Type::UINT32:
      return integer(false, 32);
    case capnp_schema::Type::UINT64:
      return integer(false, 64);
    case capnp_schema::Type::TEXT:
      return {Type::Form::text, "std::string"};
    case capnp_schema::Type::DATA:
      return {Type::Form::data, "::braid::OwnedBytes"};
    case capnp_schema::Type::ENUM:
      return {Type::Form::enumeration,
              index_.schema_cpp_name(index_.node(type.getEnum().getTypeId())), 16};
    case capnp_schema::Type::STRUCT:
      return struct_type(index_.node(type.getStruct().getTypeId()));
    case capnp_schema::Type::LIST:
      return list_type(type.getList().getElementType());
    case capnp_schema::Type::FLOAT32:
    case capnp_schema::Type::FLOAT64:
      unsupported(
          "a row cannot hold a floating-point number: it would not sum exactly; use whole pence or "
          "counts");
    case capnp_schema::Type::VOID:
      unsupported("a Void column holds nothing");
    case capnp_schema::Type::INTERFACE:
    case capnp_schema::Type::ANY_POINTER:
      break;
  }
  unsupported("a row holds numbers, enums, Text, Data, structs and lists of them, nothing else");
}

Type Reader::struct_type(Node node) {
  const auto annotations = node.getAnnotations();
  if (const auto native = SchemaIndex::text(annotations, Mark::native)) {
    native_headers.insert(SchemaIndex::text(annotations, Mark::native_header).value_or(""));
    return {Type::Form::structure, "::" + *native, 0, true};
  }
  const auto file = index_.file_of(node);
  const auto rows = SchemaIndex::text(file.getAnnotations(), Mark::rows);
  const auto name = index_.flat_name(node);
  if (!rows) unsupported("struct " + name + " has no value type: its file has no $rows");
  files_used.insert(file.getId());
  const bool is_value =
      file.getId() == file_.getId() ? read_struct(node) : Reader(index_, file).read_struct(node);
  if (!is_value)
    unsupported(
        "struct " + name +
        " cannot be a value: it has a union, a group, a float or a list of lists, or holds itself");
  return {Type::Form::structure, "::" + *rows + "::" + name};
}

Type Reader::list_type(capnp_schema::Type::Reader element_type) {
  if (element_type.isList())
    unsupported("a row cannot hold a list of lists; put the inner list into a struct");
  const auto element = type_of(element_type);
  return {Type::Form::list, "std::vector<" + element.cpp + ">"};
}

/// The headers of the value types of other files that are members here.
std::vector<std::string> row_includes(
    const std::set<std::uint64_t>& files_used,
    capnp_schema::CodeGeneratorRequest::RequestedFile::Reader requested) {
  std::set<std::string> includes;
  for (const auto import : requested.getImports())
    if (files_used.contains(import.getId()))
      includes.insert(with_extension(
          imported_path(requested.getFilename().cStr(), import.getName().cStr()), "rows.hpp"));
  return {includes.begin(), includes.end()};
}

}  // namespace

std::vector<Field> Struct::key_fields() const {
  std::vector<Field> keys;
  std::ranges::copy_if(fields, std::back_inserter(keys),
                       [](const Field& field) { return field.key_order.has_value(); });
  std::ranges::sort(keys, std::less{}, &Field::key_order);
  return keys;
}

std::optional<File> read_model(
    const SchemaIndex& index, capnp_schema::CodeGeneratorRequest::RequestedFile::Reader requested) {
  const auto node = index.node(requested.getId());
  const auto rows = SchemaIndex::text(node.getAnnotations(), Mark::rows);
  if (!rows) return std::nullopt;
  const auto schema_namespace = SchemaIndex::text(node.getAnnotations(), Mark::cpp_namespace);
  if (!schema_namespace)
    throw Unsupported(std::string(requested.getFilename().cStr()) +
                      ": has $rows, so it needs $Cxx.namespace");
  Reader reader(index, node);
  reader.read_scope(node);
  File file;
  file.path = requested.getFilename().cStr();
  file.cpp_namespace = *rows;
  file.schema_namespace = *schema_namespace;
  file.row_includes = row_includes(reader.files_used, requested);
  reader.native_headers.erase("");
  file.native_includes = {reader.native_headers.begin(), reader.native_headers.end()};
  file.enums = reader.enums_of(node);
  file.structs = std::move(reader.structs);
  return file;
}

}  // namespace braid::rowgen
