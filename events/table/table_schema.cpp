#include "events/table/table_schema.hpp"

#include <algorithm>

namespace braid {
namespace {

using Annotation = capnp::schema::Annotation;
using Annotations = capnp::List<Annotation>::Reader;

// The ids that Cap'n Proto derives from common.capnp; rows_test.cpp reads each of these marks back
// from a schema.
constexpr std::uint64_t date_mark = 0xe91b96c3711b6f60;
constexpr std::uint64_t instant_mark = 0xe59c563a37871f91;
constexpr std::uint64_t pence_mark = 0xf82a616609c752bb;
constexpr std::uint64_t month_mark = 0xb4564f096ee49cb4;
constexpr std::uint64_t key_mark = 0xac251d11c0c69f83;
constexpr std::uint64_t meaning_mark = 0xa2727168fb1e4c00;

std::string_view text_of(capnp::Text::Reader text) { return {text.begin(), text.size()}; }

Column column_of(capnp::StructSchema::Field field) {
  const auto proto = field.getProto();
  Column column{field, text_of(proto.getName()), Unit::plain, std::nullopt,
                meaning_of(proto.getAnnotations())};
  for (const auto annotation : proto.getAnnotations()) {
    switch (annotation.getId()) {
      case date_mark:
        column.unit = Unit::date;
        break;
      case month_mark:
        column.unit = Unit::month;
        break;
      case instant_mark:
        column.unit = Unit::instant;
        break;
      case pence_mark:
        column.unit = Unit::pence;
        break;
      case key_mark:
        column.key_order = annotation.getValue().getUint16();
        break;
      default:
        break;  // marks that say nothing of a column
    }
  }
  return column;
}

}  // namespace

std::string_view meaning_of(Annotations annotations) {
  for (const auto annotation : annotations)
    if (annotation.getId() == meaning_mark) return text_of(annotation.getValue().getText());
  return {};
}

std::vector<Column> columns_of(capnp::StructSchema schema) {
  std::vector<Column> columns;
  for (const auto field : schema.getFields()) columns.push_back(column_of(field));
  std::ranges::sort(columns, std::ranges::less{},
                    [](const Column& column) { return column.field.getProto().getCodeOrder(); });
  return columns;
}

}  // namespace braid
