#include "events/rowgen/model_reader.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "events/rowgen/names.hpp"

namespace braid::rowgen {
namespace {

using Node = SchemaIndex::Node;
namespace capnp_schema = capnp::schema;
constexpr unsigned max_key_bytes = 500;  // RowReader::max_key_bytes

Type integer(bool is_signed, unsigned bits) {
  return {Type::Form::integer, (is_signed ? "std::int" : "std::uint") + std::to_string(bits) + "_t",
          bits};
}

[[noreturn]] void unsupported(const std::string& why) { throw Unsupported(why); }

unsigned key_bytes(const Field& field) {
  if (field.type.is_data()) return (field.type.bits + 7) / 8;
  return field.type.form == Type::Form::text ? field.max_length + 1 : 32;
}

void check_table(const Struct& row) {
  const auto keys = row.key_fields();
  if (keys.empty()) unsupported("a table's struct needs at least one field with $key");
  unsigned bytes = 0;
  std::set<std::uint16_t> orders;
  for (const auto& field : keys) {
    if (!orders.insert(*field.key_order).second)
      unsupported("two fields have the same place in $key");
    const auto form = field.type.form;
    if (form == Type::Form::data || form == Type::Form::list ||
        (form == Type::Form::structure && !field.type.is_native))
      unsupported("field '" + field.schema_name +
                  "' cannot be part of a key: only numbers, enums, Text and native structs sort");
    bytes += key_bytes(field);
  }
  if (bytes > max_key_bytes)
    unsupported("its key may take " + std::to_string(bytes) + " bytes, and a key has at most " +
                std::to_string(max_key_bytes) + "; mark its Text fields with a smaller $maxLength");
  for (const auto& field : row.fields)
    for (const auto* taken : {"key", "table", "has_key", "set_key"})
      if (field.name == taken)
        unsupported("a table's field cannot be called '" + field.schema_name +
                    "'; call it otherwise");
}

/// Reads one file's structs, parts before wholes.
class Reader {
 public:
  Reader(const SchemaIndex& index, Node file) : index_(index), file_(file) {}

  void read_scope(Node scope);
  std::vector<Struct> structs;
  std::vector<Enum> enums;
  std::set<std::string> native_headers;

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

void Reader::read_scope(Node scope) {
  for (const auto nested : scope.getNestedNodes()) {
    const auto node = index_.node(nested.getId());
    if (node.isEnum()) enums.push_back({index_.flat_name(node), index_.schema_cpp_name(node)});
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
  for (const auto field : shape.getFields()) row.fields.push_back(field_of(node, field));
  return row;
}

Field Reader::field_of(Node owner, capnp_schema::Field::Reader field) {
  const std::string name = field.getName().cStr();
  try {
    if (!field.isSlot()) unsupported("a row cannot have a group; make it a struct");
    const auto slot = field.getSlot();
    if (slot.getHadExplicitDefault())
      unsupported("a row's field cannot have a default of its own; absent is zero or empty");
    const auto annotations = field.getAnnotations();
    Field result;
    result.name = snake_case(name);
    result.capnp_name = title_case(name);
    result.schema_name = name;
    result.type = type_of(slot.getType());
    result.offset = slot.getOffset();
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

/// The headers of imported files that have rows.
std::vector<std::string> row_includes(
    const SchemaIndex& index, capnp_schema::CodeGeneratorRequest::RequestedFile::Reader requested) {
  std::set<std::string> includes;
  for (const auto import : requested.getImports()) {
    const auto annotations = index.node(import.getId()).getAnnotations();
    if (SchemaIndex::text(annotations, Mark::rows))
      includes.insert(with_extension(
          imported_path(requested.getFilename().cStr(), import.getName().cStr()), "rows.hpp"));
  }
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
  file.row_includes = row_includes(index, requested);
  reader.native_headers.erase("");
  file.native_includes = {reader.native_headers.begin(), reader.native_headers.end()};
  file.enums = std::move(reader.enums);
  file.structs = std::move(reader.structs);
  return file;
}

}  // namespace braid::rowgen
