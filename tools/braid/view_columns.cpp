#include "tools/braid/view_columns.hpp"

#include <algorithm>

#include "events/native_rows.hpp"
#include "events/table/row_message.hpp"
#include "tools/braid/sealed_texts.hpp"

namespace braid::cli {
namespace {

using capnp::DynamicValue;

template <class T>
bool is_a(capnp::StructSchema schema) {
  return schema == capnp::Schema::from<T>();
}

/// Structs that are one value to a reader; all others are laid open.
bool is_one_value(capnp::StructSchema schema) {
  return is_a<schema::Uuid>(schema) || is_a<schema::Digest>(schema) ||
         is_a<schema::PersonToken>(schema) || is_a<schema::Sealed>(schema);
}

/// A number that is its field's own default, other than zero, says "none": decisionDays = -1.
bool says_none(capnp::StructSchema::Field field, std::int64_t number) {
  const auto value = field.getProto().getSlot().getDefaultValue();
  if (value.isInt32()) return value.getInt32() != 0 && value.getInt32() == number;
  if (value.isInt64()) return value.getInt64() != 0 && value.getInt64() == number;
  return false;
}

Cell cell_of_number(const Column& column, std::int64_t number) {
  switch (column.unit) {
    case Unit::date:
      return Cell::of_day(static_cast<std::int32_t>(number));
    case Unit::month:
      return number == INT32_MIN ? Cell::none() : Cell{Cell::Kind::month, {}, number};
    case Unit::instant:
      return {Cell::Kind::instant, {}, number};
    case Unit::pence:
      return Cell::of_pence(number);
    case Unit::plain:
      return says_none(column.field, number) ? Cell::none() : Cell::of_number(number);
  }
  return Cell::none();
}

Cell cell_of_code(bool is_none, std::string text) {
  return is_none ? Cell::none() : Cell::of_code(std::move(text));
}

/// Values of one reader of rows.
class Values {
 public:
  explicit Values(const Unsealer& unsealer) : unsealer_(unsealer) {}

  Cell cell(const Column& column, DynamicValue::Reader value) const {
    switch (value.getType()) {
      case DynamicValue::BOOL:
        return {Cell::Kind::truth, {}, value.as<bool>() ? 1 : 0};
      case DynamicValue::INT:
      case DynamicValue::UINT:
        return cell_of_number(column, static_cast<std::int64_t>(as_integer(value)));
      case DynamicValue::TEXT:
        return text(value.as<capnp::Text>());
      case DynamicValue::ENUM:
        return enumerant(value.as<capnp::DynamicEnum>());
      case DynamicValue::STRUCT:
        return one_value(value.as<capnp::DynamicStruct>());
      case DynamicValue::LIST:
        return list(column, value.as<capnp::DynamicList>());
      default:
        return Cell::none();
    }
  }

 private:
  static std::int64_t as_integer(const DynamicValue::Reader& value) {
    return value.getType() == DynamicValue::INT
               ? value.as<std::int64_t>()
               : static_cast<std::int64_t>(value.as<std::uint64_t>());
  }

  static Cell text(capnp::Text::Reader text) {
    return text.size() == 0 ? Cell::none() : Cell::of_text({text.begin(), text.size()});
  }

  static Cell enumerant(capnp::DynamicEnum value) {
    KJ_IF_MAYBE (known, value.getEnumerant())
      return Cell::of_text(known->getProto().getName().cStr());
    return Cell::of_text("(" + std::to_string(value.getRaw()) + ")");  // of a newer version
  }

  Cell one_value(capnp::DynamicStruct::Reader value) const {
    const auto schema = value.getSchema();
    if (is_a<schema::Uuid>(schema)) {
      const auto id = read(value.as<schema::Uuid>());
      return cell_of_code(id.is_nil(), id.text());
    }
    if (is_a<schema::Digest>(schema)) {
      const auto digest = read(value.as<schema::Digest>());
      return cell_of_code(digest == Digest{}, digest.hex());
    }
    if (is_a<schema::PersonToken>(schema)) {
      const auto token = read(value.as<schema::PersonToken>());
      return cell_of_code(token == PersonToken{}, token.hex());
    }
    return sealed(value.as<schema::Sealed>());
  }

  Cell sealed(schema::Sealed::Reader sealed) const {
    if (sealed.getBox().size() == 0) return Cell::none();
    if (!unsealer_) return Cell::of_text("(sealed)");
    auto clear = unsealer_(box_of(sealed));
    return Cell::of_text(clear ? *clear : "(erased)");
  }

  /// In people's tables a count; in JSON all of it.
  Cell list(const Column& column, capnp::DynamicList::Reader list) const {
    Cell cell{Cell::Kind::list, "[", list.size()};
    for (unsigned i = 0; i < list.size(); ++i) {
      if (i > 0) cell.text += ',';
      cell.text += json_of(column, list[i]);
    }
    cell.text += ']';
    return cell;
  }

  std::string json_of(const Column& column, DynamicValue::Reader value) const {
    if (value.getType() != DynamicValue::STRUCT) return json(this->cell(column, value));
    const auto object = value.as<capnp::DynamicStruct>();
    if (is_one_value(object.getSchema())) return json(one_value(object));
    std::string text = "{";
    for (const auto& member : columns_of(object.getSchema())) {
      if (text.size() > 1) text += ',';
      (text += json_text(member.name)) += ':';
      text += json_of(member, object.get(member.field));
    }
    return text + "}";
  }

  const Unsealer& unsealer_;
};

void add_columns(capnp::StructSchema schema, const std::vector<capnp::StructSchema::Field>& above,
                 std::vector<ViewColumn>& columns) {
  for (const auto& column : columns_of(schema)) {
    auto path = above;
    path.push_back(column.field);
    const auto type = column.field.getType();
    if (type.isStruct() && !is_one_value(type.asStruct())) {
      add_columns(type.asStruct(), path, columns);
      continue;
    }
    columns.push_back({std::string(column.name), std::string(column.meaning), column.unit,
                       std::move(path), column.key_order});
  }
}

Column last_of(const ViewColumn& column) {
  return {column.path.back(), column.name, column.unit, column.key_order, column.meaning};
}

}  // namespace

ViewReader::ViewReader(const TableSchema& table, Unsealer unsealer)
    : table_(table), unsealer_(std::move(unsealer)) {
  add_columns(table.schema, {}, columns_);
}

bool ViewReader::is_number(const ViewColumn& column) {
  const auto type = column.path.back().getType();
  const bool counts = type.isList() || type.isInt64() || type.isInt32() || type.isInt16() ||
                      type.isInt8() || type.isUInt64() || type.isUInt32() || type.isUInt16() ||
                      type.isUInt8();
  return counts && (column.unit == Unit::plain || column.unit == Unit::pence);
}

std::vector<Cell> ViewReader::read(Bytes row) const try {
  RowMessage message(row);
  const auto root = message.reader().getRoot<capnp::DynamicStruct>(table_.schema);
  const Values values(unsealer_);
  std::vector<Cell> cells;
  cells.reserve(columns_.size());
  for (const auto& column : columns_) {
    auto at = root;
    for (std::size_t i = 0; i + 1 < column.path.size(); ++i)
      at = at.get(column.path[i]).as<capnp::DynamicStruct>();
    cells.push_back(values.cell(last_of(column), at.get(column.path.back())));
  }
  return cells;
} catch (const kj::Exception& why) {
  row_unreadable(table_.name, why);
}

std::string kind_of(const ViewColumn& column) {
  const auto type = column.path.back().getType();
  switch (column.unit) {
    case Unit::pence:
      return "pounds";
    case Unit::date:
      return "day";
    case Unit::month:
      return "month";
    case Unit::instant:
      return "moment";
    case Unit::plain:
      break;
  }
  if (type.isList()) return "list";
  if (type.isBool()) return "yes or no";
  if (type.isText()) return "text";
  if (type.isEnum()) return "word";
  if (type.isStruct()) return is_a<schema::Sealed>(type.asStruct()) ? "sealed text" : "identifier";
  return "number";
}

}  // namespace braid::cli
