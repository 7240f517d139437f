#pragma once
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace braid::rowgen {

/// What a schema asks for and cannot have; the sentence names the file, the struct and the field.
struct Unsupported : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What one value is in C++ and in Cap'n Proto.
struct Type {
  enum class Form { boolean, integer, enumeration, text, data, structure, list };
  Form form = Form::integer;
  std::string cpp;         ///< "std::int64_t", "::braid::Strand", "std::vector<std::string>"
  unsigned bits = 0;       ///< of a boolean, integer or enumeration
  bool is_native = false;  ///< a struct that a type written by hand stands for

  /// Whether the value lies in a struct's data section; else a pointer leads to it.
  [[nodiscard]] bool is_data() const {
    return form == Form::boolean || form == Form::integer || form == Form::enumeration;
  }
};

struct Field {
  std::string name;         ///< snake_case
  std::string capnp_name;   ///< TitleCase, as in getX
  std::string schema_name;  ///< as in the schema file, for sentences
  Type type;
  std::uint32_t offset = 0;  ///< data: in units of the type's size; pointer: its index
  std::optional<std::uint16_t> key_order;
  std::uint32_t max_length = 256;
  std::uint64_t default_bits = 0;  ///< of a data field, as they lie in the word
  std::string default_cpp;         ///< the same as C++ writes it; empty where it is zero
  std::string meaning;
};

struct Enum {
  std::string name;
  std::string schema_cpp;
};

struct Struct {
  std::string name;        ///< without namespace; nested structs as Outer_Inner
  std::string cpp;         ///< "::braid::Strand"
  std::string schema_cpp;  ///< "::braid::schema::Strand"
  std::string meaning;
  std::string table;  ///< empty for parts of rows
  unsigned data_words = 0;
  unsigned pointers = 0;
  std::vector<Field> fields;  ///< in the order of their ordinals
  std::vector<Enum> enums;    ///< declared within it

  [[nodiscard]] std::vector<Field> key_fields() const;  ///< in key order
};

struct File {
  std::string path;                       ///< "events/schema/common.capnp"
  std::string cpp_namespace;              ///< of the rows: "braid"
  std::string schema_namespace;           ///< of Cap'n Proto's code: "braid::schema"
  std::vector<std::string> row_includes;  ///< rows headers of imported files that have rows
  std::vector<std::string> native_includes;
  std::vector<Enum> enums;
  std::vector<Struct> structs;  ///< parts before wholes
};

}  // namespace braid::rowgen
