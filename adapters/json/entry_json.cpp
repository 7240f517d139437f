#include "adapters/json/entry_json.hpp"

#include <capnp/compat/json.h>
#include <capnp/message.h>
#include <kj/exception.h>

#include <cstring>

#include "adapters/json/handlers.hpp"
#include "adapters/json/write_json.hpp"
#include "events/bytes.hpp"
#include "events/encoding.hpp"

// Cap'n Proto's handlers have no virtual destructor; nobody deletes one through its base here.
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"

namespace braid::json {
namespace {

using capnp::json::Value;

/// Ten times the largest event: more is read only of bytes made to be read for ever.
constexpr std::uint64_t max_words_read = 1 << 16;
constexpr int max_levels = 32;

/// An entry's `event` bytes as the object that they hold.
struct EventHandler final : capnp::JsonCodec::Handler<capnp::Data> {
  explicit EventHandler(capnp::StructSchema type) : event(type) {}

  void encode(const capnp::JsonCodec& codec, capnp::Data::Reader bytes,
              Value::Builder out) const override {
    if (bytes.size() == 0) return leave_out(out);
    if (bytes.size() % sizeof(capnp::word) != 0 || !encode_event(codec, bytes, out))
      encode_unreadable(bytes, out);
  }

  capnp::Orphan<capnp::Data> decode(const capnp::JsonCodec&, Value::Reader,
                                    capnp::Orphanage orphanage) const override {
    return orphanage.newOrphan<capnp::Data>(0);  // entries are not decoded
  }

 private:
  bool encode_event(const capnp::JsonCodec& codec, capnp::Data::Reader bytes,
                    Value::Builder out) const {
    auto words = kj::heapArray<capnp::word>(
        bytes.size() / sizeof(capnp::word));  // within an entry they may lie anywhere
    std::memcpy(words.begin(), bytes.begin(), bytes.size());
    const kj::ArrayPtr<const capnp::word> segments[] = {words};
    capnp::SegmentArrayMessageReader message(segments, {max_words_read, max_levels});
    try {
      codec.encode(message.getRoot<capnp::DynamicStruct>(event), event, out);
      return true;
    } catch (const kj::Exception&) {
      return false;
    }
  }

  static void encode_unreadable(capnp::Data::Reader bytes, Value::Builder out) {
    auto member = out.initObject(1)[0];
    member.setName("unreadable");
    member.initValue().setString(
        to_base64(std::as_bytes(std::span(bytes.begin(), bytes.size()))).c_str());
  }

  capnp::StructSchema event;
};

}  // namespace

struct EntryJson::Parts {
  explicit Parts(capnp::StructSchema type) : event(type) {
    const auto entry = capnp::Schema::from<schema::Entry>();
    handlers.teach(codec, entry);
    handlers.teach(codec, type);
    codec.addFieldHandler(capnp::Schema::from<schema::Accepted>().getFieldByName("event"), event);
    codec.addFieldHandler(capnp::Schema::from<schema::Refused>().getFieldByName("event"), event);
  }

  Handlers handlers;
  EventHandler event;
  capnp::JsonCodec codec;
};

EntryJson::EntryJson(capnp::StructSchema event) : parts_(std::make_unique<Parts>(event)) {}
EntryJson::~EntryJson() = default;

std::string EntryJson::encode(schema::Entry::Reader entry, const Digest& leaf_hash) const {
  capnp::MallocMessageBuilder memory;
  auto value = memory.initRoot<Value>();
  parts_->codec.encode(capnp::DynamicStruct::Reader(entry), capnp::Schema::from<schema::Entry>(),
                       value);
  std::string line;
  write_json(value, line);
  line.pop_back();
  return line + ",\"hash\":\"" + leaf_hash.hex() + "\"}";
}

}  // namespace braid::json
