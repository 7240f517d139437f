#include "adapters/json/handlers.hpp"

#include <charconv>
#include <cstring>
#include <limits>
#include <set>

#include "events/check.hpp"
#include "events/date.hpp"
#include "events/encoding.hpp"
#include "events/marks.hpp"
#include "events/schema/common.capnp.h"
#include "events/uuid.hpp"

// Cap'n Proto's handlers have no virtual destructor; nobody deletes one through its base here.
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"

namespace braid::json {
namespace {

using capnp::JsonCodec;
using capnp::json::Value;

constexpr auto passed = "what is decoded passed the strict pass";
constexpr std::int64_t exact = std::int64_t{1} << 53;

std::string_view text_of(Value::Reader value) {
  check(value.isString(), passed);
  const auto text = value.getString();
  return {text.begin(), text.size()};
}

void set_text(Value::Builder value, const std::string& text) {
  value.setString(capnp::Text::Reader(text.c_str(), text.size()));
}

struct UuidHandler final : JsonCodec::Handler<schema::Uuid> {
  void encode(const JsonCodec&, schema::Uuid::Reader id, Value::Builder out) const override {
    set_text(out, Uuid{id.getHigh(), id.getLow()}.text());
  }
  void decode(const JsonCodec&, Value::Reader in, schema::Uuid::Builder out) const override {
    const auto id = Uuid::from_text(text_of(in));
    check(id.has_value(), passed);
    out.setHigh(id->high);
    out.setLow(id->low);
  }
};

/// Digests and tokens: four words that are 32 bytes in memory order, little-endian.
template <class Words>
struct HexHandler final : JsonCodec::Handler<Words> {
  void encode(const JsonCodec&, typename Words::Reader words, Value::Builder out) const override {
    std::byte bytes[32];
    put(words.getA(), bytes);
    put(words.getB(), bytes + 8);
    put(words.getC(), bytes + 16);
    put(words.getD(), bytes + 24);
    set_text(out, to_hex(bytes));
  }
  void decode(const JsonCodec&, Value::Reader in, typename Words::Builder out) const override {
    std::byte bytes[32];
    check(from_hex(text_of(in), bytes), passed);
    out.setA(get(bytes));
    out.setB(get(bytes + 8));
    out.setC(get(bytes + 16));
    out.setD(get(bytes + 24));
  }
  static void put(std::uint64_t word, std::byte* bytes) {
    for (int i = 0; i < 8; ++i) bytes[i] = static_cast<std::byte>(word >> (8 * i));
  }
  static std::uint64_t get(const std::byte* bytes) {
    std::uint64_t word = 0;
    for (int i = 0; i < 8; ++i) word |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
    return word;
  }
};

struct DataHandler final : JsonCodec::Handler<capnp::Data> {
  void encode(const JsonCodec&, capnp::Data::Reader data, Value::Builder out) const override {
    set_text(out, to_base64(std::as_bytes(std::span(data.begin(), data.size()))));
  }
  capnp::Orphan<capnp::Data> decode(const JsonCodec&, Value::Reader in,
                                    capnp::Orphanage orphanage) const override {
    const auto bytes = from_base64(text_of(in));
    check(bytes.has_value(), passed);
    auto data = orphanage.newOrphan<capnp::Data>(static_cast<unsigned>(bytes->size()));
    if (!bytes->empty()) std::memcpy(data.get().begin(), bytes->data(), bytes->size());
    return data;
  }
};

/// The codec writes every 64-bit integer in quotes, and a number from its double.
template <class Integer>
struct IntegerHandler final : JsonCodec::Handler<Integer> {
  void encode(const JsonCodec&, Integer number, Value::Builder out) const override {
    if (is_exact(number))
      out.setNumber(static_cast<double>(number));
    else
      set_text(out, std::to_string(number));
  }
  Integer decode(const JsonCodec&, Value::Reader in) const override {
    if (in.isNumber()) return static_cast<Integer>(in.getNumber());
    const auto text = text_of(in);
    Integer number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    check(error == std::errc{} && end == text.data() + text.size(), passed);
    return number;
  }
  static bool is_exact(Integer number) {
    if constexpr (std::numeric_limits<Integer>::is_signed)
      return number >= -exact && number <= exact;
    else
      return number <= static_cast<Integer>(exact);
  }
};

struct NothingHandler final : JsonCodec::Handler<capnp::Void> {
  void encode(const JsonCodec&, capnp::Void, Value::Builder out) const override {
    out.setBoolean(true);
  }
  capnp::Void decode(const JsonCodec&, Value::Reader) const override { return capnp::VOID; }
};

/// `Date` and `Month`, whose only member is the number that is stored.
template <class Calendar>
struct CalendarHandler final : JsonCodec::Handler<std::int32_t> {
  void encode(const JsonCodec&, std::int32_t number, Value::Builder out) const override {
    const Calendar value{number};
    if (value.is_none())
      leave_out(out);
    else
      set_text(out, value.text());
  }
  std::int32_t decode(const JsonCodec&, Value::Reader in) const override {
    const auto value = Calendar::from_text(text_of(in));
    check(value.has_value(), passed);
    if constexpr (std::is_same_v<Calendar, Date>)
      return value->days;
    else
      return value->months;
  }
};

struct InstantHandler final : JsonCodec::Handler<std::int64_t> {
  void encode(const JsonCodec&, std::int64_t us, Value::Builder out) const override {
    set_text(out, Instant{us}.text());
  }
  std::int64_t decode(const JsonCodec&, Value::Reader in) const override {
    const auto instant = Instant::from_text(text_of(in));
    check(instant.has_value(), passed);
    return instant->us;
  }
};

/// Calls `visit` with every field of `schema` and of the structs in it, each struct once.
template <class Visit>
void for_each_field(capnp::StructSchema schema, std::set<std::uint64_t>& seen, const Visit& visit) {
  if (!seen.insert(schema.getProto().getId()).second) return;
  for (auto field : schema.getFields()) {
    visit(field);
    auto type = field.getType();
    while (type.isList()) type = type.asList().getElementType();
    if (type.isStruct()) for_each_field(type.asStruct(), seen, visit);
  }
}

}  // namespace

struct Handlers::All {
  UuidHandler uuid;
  HexHandler<schema::Digest> digest;
  HexHandler<schema::PersonToken> token;
  DataHandler data;
  IntegerHandler<std::int64_t> signed_integer;
  IntegerHandler<std::uint64_t> unsigned_integer;
  NothingHandler nothing;
  CalendarHandler<Date> date;
  CalendarHandler<Month> month;
  InstantHandler instant;
};

Handlers::Handlers() : all_(std::make_unique<All>()) {}
Handlers::~Handlers() = default;

void Handlers::teach(capnp::JsonCodec& codec, capnp::StructSchema root) {
  codec.addTypeHandler<schema::Uuid>(all_->uuid);
  codec.addTypeHandler<schema::Digest>(all_->digest);
  codec.addTypeHandler<schema::PersonToken>(all_->token);
  codec.addTypeHandler<capnp::Data>(all_->data);
  codec.addTypeHandler<std::int64_t>(all_->signed_integer);
  codec.addTypeHandler<std::uint64_t>(all_->unsigned_integer);
  codec.addTypeHandler<capnp::Void>(all_->nothing);
  std::set<std::uint64_t> seen;
  for_each_field(root, seen, [&](capnp::StructSchema::Field field) {
    if (is_marked(field, Mark::date)) codec.addFieldHandler<std::int32_t>(field, all_->date);
    if (is_marked(field, Mark::month)) codec.addFieldHandler<std::int32_t>(field, all_->month);
    if (is_marked(field, Mark::instant)) codec.addFieldHandler<std::int64_t>(field, all_->instant);
  });
}

// A function call is the one kind of value that the codec has and JSON has not.
void leave_out(Value::Builder value) { value.initCall(); }
bool is_left_out(Value::Reader value) { return value.isCall(); }

}  // namespace braid::json
