#include <capnp/dynamic.h>
#include <capnp/message.h>

#include <set>

#include "events/marks.hpp"
#include "tests/events/form/refusals.hpp"

using namespace braid;
using namespace braid::test;

// Every field of every kind is spoilt in each way that its schema forbids; the schema is read here
// by reflection, and not by the plan that the gate has made of it.

namespace {

using Field = capnp::StructSchema::Field;

/// One way to spoil one field: where, how, and what the gate must say about it.
struct Spoilt {
  std::string path;
  std::string how;
};

/// Walks the fields that are set and spoils the `number`th spoilable thing it meets.
class Spoiler {
 public:
  explicit Spoiler(std::size_t number) : left_(number) {}
  std::optional<Spoilt> spoilt;

  void walk(capnp::DynamicStruct::Builder at, const std::string& path, bool is_event) {
    for (const auto field : at.getSchema().getFields()) {
      if (spoilt) return;
      if (field.getProto().getDiscriminantValue() != 0xffff && at.which() != field) continue;
      const std::string name = field.getProto().getName();
      if (field.getProto().isGroup()) {
        walk(at.get(field).as<capnp::DynamicStruct>(), path, is_event);
      } else {
        const bool is_body = is_event && field.getProto().getDiscriminantValue() != 0xffff;
        const std::string own = is_body ? path : path.empty() ? name : path + '.' + name;
        visit_field(at, field, own);
      }
    }
  }

 private:
  void visit_field(capnp::DynamicStruct::Builder at, Field field, const std::string& path) {
    const auto type = field.getType();
    if (type.isInt64() && is_marked(field, Mark::pence)) {
      if (now(path, "never negative")) at.set(field, std::int64_t{-1});
      if (now(path, "at most GBP")) at.set(field, std::int64_t{10'000'000'000'001});
    } else if (type.isInt32() && is_marked(field, Mark::date)) {
      if (now(path, "1900-01-01")) at.set(field, std::int32_t{-25'568});
      if (now(path, "1900-01-01")) at.set(field, std::int32_t{84'371});
      if (!is_marked(field, Mark::optional) && now(path, "1900-01-01")) at.set(field, INT32_MIN);
    } else if (type.isEnum()) {
      const auto count = static_cast<std::uint16_t>(type.asEnum().getEnumerants().size());
      if (now(path, "knows no value")) at.set(field, capnp::DynamicEnum(type.asEnum(), count));
      if (now(path, "knows no value")) at.set(field, capnp::DynamicEnum(type.asEnum(), 0xffff));
    } else if (type.isText()) {
      spoil_text(at, field, path);
    } else if (type.isData()) {
      const auto most = max_length(field).value_or(default_max_bytes);
      if (now(path, "at most")) at.init(field, most + 1);
      if (!is_marked(field, Mark::optional) && now(path, "required")) at.init(field, 0);
    } else if (type.isStruct()) {
      visit_struct(at, field, path);
    } else if (type.isList()) {
      visit_list(at, field, path);
    }
  }

  void spoil_text(capnp::DynamicStruct::Builder at, Field field, const std::string& path) {
    const bool person =
        path.ends_with(".fund") && at.get("sector").as<schema::Sector>() == schema::Sector::PERSON;
    const auto most = max_length(field).value_or(default_max_bytes);
    if (!person && now(path, "")) at.set(field, std::string(most + 1, 'a').c_str());
    if (now(path, "")) at.set(field, "\x01");
    if (!person && !is_marked(field, Mark::optional) && now(path, "")) at.set(field, "");
  }

  void visit_struct(capnp::DynamicStruct::Builder at, Field field, const std::string& path) {
    const auto schema = field.getType().asStruct();
    const bool is_value = schema == capnp::Schema::from<schema::Uuid>() ||
                          schema == capnp::Schema::from<schema::Digest>() ||
                          schema == capnp::Schema::from<schema::PersonToken>();
    const bool stands_for_one = is_value || schema == capnp::Schema::from<schema::Sealed>() ||
                                schema == capnp::Schema::from<schema::Strand>();
    if (stands_for_one && !is_marked(field, Mark::optional)) {
      if (now(path, "required")) at.clear(field);
      if (now(path, "required")) at.init(field);
    }
    if (!is_value && !spoilt && at.has(field))
      walk(at.get(field).as<capnp::DynamicStruct>(), path, false);
  }

  void visit_list(capnp::DynamicStruct::Builder at, Field field, const std::string& path) {
    const auto most = max_length(field).value_or(default_max_members);
    if (now(path, "members and at most")) at.init(field, most + 1);
    if (spoilt) return;
    auto list = at.get(field).as<capnp::DynamicList>();
    if (list.getSchema().getElementType().isStruct()) {
      for (unsigned i = 0; i < list.size(); ++i) {
        walk(list[i].as<capnp::DynamicStruct>(), path + '[' + std::to_string(i) + ']', false);
      }
    } else if (list.getSchema().getElementType().isText()) {
      for (unsigned i = 0; i < list.size(); ++i) {
        if (now(path + '[' + std::to_string(i) + ']', "")) list.set(i, "no code");
      }
    }
  }

  /// Whether it is this one's turn.
  bool now(const std::string& path, const std::string& how) {
    if (spoilt || left_-- != 0) return false;
    spoilt = Spoilt{path, how};
    return true;
  }

  std::size_t left_;
};

}  // namespace

TEST_CASE(
    "form: every field of every kind is held to its schema's limits and is named as in JSON") {
  std::size_t spoilt = 0;
  for (const auto& kind : kinds()) {
    for (std::size_t number = 0;; ++number) {
      Spoiler spoiler(number);
      const auto answer = form_after(kind.kind, [&](schema::Event::Builder event) {
        spoiler.walk(capnp::toDynamic(event), "", true);
      });
      if (!spoiler.spoilt) break;
      ++spoilt;
      INFO(kind.name << ", way " << number);
      CHECK_THAT(answer, refused_for(spoiler.spoilt->path, spoiler.spoilt->how));
    }
  }
  CHECK(spoilt > 2000);
}
