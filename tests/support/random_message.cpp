#include "tests/support/random_message.hpp"

#include <algorithm>
#include <limits>

#include "events/date.hpp"
#include "events/marks.hpp"

namespace braid::test {
namespace {

using Random = std::mt19937_64;
using capnp::DynamicList;
using capnp::DynamicStruct;
using capnp::StructSchema;

constexpr int max_levels = 6;
constexpr std::uint32_t max_list = 4;
constexpr std::uint32_t max_text = 40;

bool one_in(Random& random, unsigned times) { return random() % times == 0; }

std::int64_t between(std::int64_t least, std::int64_t most, Random& random) {
  if (one_in(random, 8)) return least;
  if (one_in(random, 8)) return most;
  const auto span = static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least);
  const std::uint64_t step =
      span == std::numeric_limits<std::uint64_t>::max() ? random() : random() % (span + 1);
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(least) + step);
}

/// Around 2^53 and at the ends of 64 bits is where numbers go wrong.
std::uint64_t awkward_bits(Random& random) {
  switch (random() % 5) {
    case 0:
      return random() % 100;
    case 1:
      return (std::uint64_t{1} << 53) + random() % 5 - 2;
    case 2:
      return std::numeric_limits<std::uint64_t>::max() - random() % 3;
    case 3:
      return (std::uint64_t{1} << 63) + random() % 3 - 1;
    default:
      return random() >> (random() % 64);
  }
}

std::string random_text(std::uint32_t max_bytes, Random& random) {
  static const std::vector<std::string> pieces = {"a",
                                                  "Z",
                                                  "0",
                                                  " ",
                                                  "\"",
                                                  "\\",
                                                  "/",
                                                  "{",
                                                  "}",
                                                  ",",
                                                  ":",
                                                  "'",
                                                  "<",
                                                  "\xc3\xa9",
                                                  "\xe2\x82\xac",
                                                  "\xf0\x9f\x98\x80"};
  std::string text;
  const std::uint32_t most = one_in(random, 20) ? max_bytes : std::min(max_bytes, max_text);
  const auto size = static_cast<std::size_t>(between(0, most, random));
  while (text.size() < size) {
    const auto& piece = pieces[random() % pieces.size()];
    if (text.size() + piece.size() > size)
      text += "x";
    else
      text += piece;
  }
  return text;
}

Date random_date(Random& random) {
  const auto first = Date::from_calendar(first_year, 1, 1)->days,
             last = Date::from_calendar(last_year, 12, 31)->days;
  return Date{static_cast<std::int32_t>(between(first, last, random))};
}

template <class Integer>
Integer any_of(Random& random) {
  using Limits = std::numeric_limits<Integer>;
  return static_cast<Integer>(between(Limits::min(), Limits::max(), random));
}

/// Any value but a text, list or struct.
capnp::DynamicValue::Reader random_scalar(capnp::Type type, Random& random) {
  using capnp::schema::Type;
  switch (type.which()) {
    case Type::BOOL:
      return one_in(random, 2);
    case Type::INT8:
      return any_of<std::int8_t>(random);
    case Type::INT16:
      return any_of<std::int16_t>(random);
    case Type::INT32:
      return any_of<std::int32_t>(random);
    case Type::INT64:
      return static_cast<std::int64_t>(awkward_bits(random));
    case Type::UINT8:
      return any_of<std::uint8_t>(random);
    case Type::UINT16:
      return any_of<std::uint16_t>(random);
    case Type::UINT32:
      return any_of<std::uint32_t>(random);
    case Type::UINT64:
      return awkward_bits(random);
    case Type::ENUM: {
      const auto words = type.asEnum().getEnumerants();
      return capnp::DynamicEnum(words[static_cast<unsigned>(random() % words.size())]);
    }
    default:
      return capnp::VOID;
  }
}

capnp::DynamicValue::Reader random_number(StructSchema::Field field, Random& random) {
  const Date date = random_date(random);
  if (is_marked(field, Mark::date)) return date.days;
  if (is_marked(field, Mark::month)) return month_of(date).months;
  if (is_marked(field, Mark::instant))
    return start_of(date).us + between(0, 86'399'999'999, random);
  return random_scalar(field.getType(), random);
}

void fill(DynamicStruct::Builder message, Random& random, int level);

void fill(DynamicList::Builder list, Random& random, int level) {
  const auto type = list.getSchema().getElementType();
  for (unsigned i = 0; i < list.size(); ++i) {
    if (type.isStruct())
      fill(list[i].as<DynamicStruct>(), random, level);
    else if (type.isList())
      fill(list.init(i, static_cast<unsigned>(random() % max_list)).as<DynamicList>(), random,
           level);
    else if (type.isText())
      list.set(i, capnp::Text::Reader(random_text(default_max_bytes, random).c_str()));
    else if (type.isData())
      list.init(i, static_cast<unsigned>(random() % default_max_bytes));
    else
      list.set(i, random_scalar(type, random));
  }
}

void fill_field(DynamicStruct::Builder message, StructSchema::Field field, Random& random,
                int level) {
  const auto type = field.getType();
  if (type.isStruct()) return fill(message.init(field).as<DynamicStruct>(), random, level + 1);
  if (type.isList()) {
    const auto most = std::min(max_length(field).value_or(default_max_members), max_list);
    const auto size = static_cast<unsigned>(between(0, most, random));
    return fill(message.init(field, size).as<DynamicList>(), random, level + 1);
  }
  const auto most = max_length(field).value_or(default_max_bytes);
  if (type.isText())
    return message.set(field, capnp::Text::Reader(random_text(most, random).c_str()));
  if (type.isData()) {
    auto bytes =
        message.init(field, static_cast<unsigned>(between(0, most, random))).as<capnp::Data>();
    std::ranges::generate(bytes, [&] { return static_cast<kj::byte>(random()); });
    return;
  }
  message.set(field, random_number(field, random));
}

void fill(DynamicStruct::Builder message, Random& random, int level) {
  const auto schema = message.getSchema();
  for (auto field : schema.getNonUnionFields()) {
    const bool is_left_out = level > max_levels || one_in(random, 2);
    if (is_marked(field, Mark::optional) && is_left_out) continue;
    fill_field(message, field, random, level);
  }
  const auto choices = schema.getUnionFields();
  if (choices.size() > 0)
    fill_field(message, choices[static_cast<unsigned>(random() % choices.size())], random, level);
}

}  // namespace

void fill_randomly(DynamicStruct::Builder message, Random& random) { fill(message, random, 0); }

}  // namespace braid::test
