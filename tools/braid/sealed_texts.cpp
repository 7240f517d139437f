#include "tools/braid/sealed_texts.hpp"

#include <capnp/dynamic.h>
#include <capnp/schema.h>

#include "events/native_rows.hpp"

namespace braid::cli {
namespace {

using capnp::DynamicStruct;
using capnp::DynamicValue;
using Take = std::function<void(const std::string& field, schema::Sealed::Reader sealed)>;

void walk(DynamicStruct::Reader message, const std::string& path, const Take& take);

std::string below(const std::string& path, std::string_view name) {
  if (name == "body" && path.empty()) return {};  // whose fields are the event's own
  return path.empty() ? std::string(name) : path + "." + std::string(name);
}

void walk(DynamicValue::Reader value, const std::string& path, const Take& take) {
  if (value.getType() == DynamicValue::LIST) {
    const auto list = value.as<capnp::DynamicList>();
    if (list.getSchema().whichElementType() != capnp::schema::Type::STRUCT) return;
    for (unsigned i = 0; i < list.size(); ++i)
      walk(list[i], path + "[" + std::to_string(i) + "]", take);
  }
  if (value.getType() == DynamicValue::STRUCT) walk(value.as<DynamicStruct>(), path, take);
}

void walk(DynamicStruct::Reader message, const std::string& path, const Take& take) {
  if (message.getSchema() == capnp::Schema::from<schema::Sealed>()) {
    const auto sealed = message.as<schema::Sealed>();
    if (sealed.getBox().size() != 0) take(path, sealed);
    return;
  }
  for (const auto field : message.getSchema().getNonUnionFields())
    walk(message.get(field), below(path, field.getProto().getName().cStr()), take);
  KJ_IF_MAYBE (member, message.which()) {
    // the event's own union is its kind, which says nothing of where a text stands
    const bool is_kind = path.empty();
    walk(message.get(*member),
         is_kind ? path : below(path, member->getProto().getName().cStr()), take);
  }
}

}  // namespace

void for_each_sealed(schema::Event::Reader event, const Take& take) {
  walk(DynamicStruct::Reader(event), "", take);
}

SealedBox box_of(schema::Sealed::Reader sealed) {
  SealedBox box{.key_id = schema::read(sealed.getKeyId()), .nonce = {}, .box = {}};
  const auto nonce = sealed.getNonce();
  if (nonce.size() == box.nonce.size()) std::memcpy(box.nonce.data(), nonce.begin(), nonce.size());
  const auto bytes = std::as_bytes(std::span(sealed.getBox().begin(), sealed.getBox().size()));
  box.box.assign(bytes.begin(), bytes.end());
  return box;
}

}  // namespace braid::cli
