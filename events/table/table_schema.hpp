#pragma once
#include <capnp/schema.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace braid {

/// A table as its schema file declares it, for readers that know no row type:
/// `RowMessage(bytes).reader() .getRoot<capnp::DynamicStruct>(schema)` reads any row of it.
struct TableSchema {
  std::string_view name;
  capnp::StructSchema schema;
  std::string_view meaning;  ///< a sentence for people; may be empty
};

/// What a column's number means: the marks of events/schema/common.capnp.
enum class Unit { plain, pence, date, month, instant };

/// One column of a table.
struct Column {
  capnp::StructSchema::Field field;
  std::string_view name;  ///< as in the schema: "recordedAt"
  Unit unit = Unit::plain;
  std::optional<std::uint16_t> key_order;  ///< its place in the key, where it has one
  std::string_view meaning;                ///< may be empty
};

/// The columns of a struct in the order of the schema file. Static data: the views live as long as
/// the program.
std::vector<Column> columns_of(capnp::StructSchema schema);

/// The meaning of an enumerant or of a whole enum or struct; may be empty.
std::string_view meaning_of(capnp::List<capnp::schema::Annotation>::Reader annotations);

}  // namespace braid
