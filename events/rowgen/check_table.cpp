#include "events/rowgen/check_table.hpp"

#include <set>

namespace braid::rowgen {
namespace {

constexpr unsigned max_key_bytes = 500;  // RowReader::max_key_bytes

unsigned key_bytes(const Field& field) {
  if (field.type.is_data()) return (field.type.bits + 7) / 8;
  return field.type.form == Type::Form::text ? field.max_length + 1 : 32;
}

}  // namespace

void unsupported(const std::string& why) { throw Unsupported(why); }

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
}

}  // namespace braid::rowgen
