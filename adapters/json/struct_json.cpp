#include "adapters/json/struct_json.hpp"

#include <capnp/compat/json.h>
#include <capnp/message.h>

#include "adapters/json/handlers.hpp"
#include "adapters/json/shape.hpp"
#include "adapters/json/strict_json.hpp"
#include "adapters/json/values.hpp"
#include "adapters/json/write_json.hpp"
#include "events/check.hpp"

namespace braid::json {

struct StructJson::Parts {
  Parts(capnp::StructSchema type, Sealer seal)
      : schema(type), shapes(type), sealer(std::move(seal)) {
    handlers.teach(codec, type);
    codec.setRejectUnknownFields(true);
  }

  capnp::StructSchema schema;
  Shapes shapes;
  Sealer sealer;
  Handlers handlers;
  capnp::JsonCodec codec;
};

StructJson::StructJson(capnp::StructSchema schema, Sealer sealer)
    : parts_(std::make_unique<Parts>(schema, std::move(sealer))) {}
StructJson::~StructJson() = default;

tl::expected<void, JsonProblem> StructJson::decode(std::string_view line,
                                                   capnp::DynamicStruct::Builder out) const {
  check(out.getSchema() == parts_->schema, "a message is of the type that this was made for");
  Tokens tokens;
  const bool may_seal = static_cast<bool>(parts_->sealer);
  if (auto read = read_strictly(line, parts_->shapes.root(), may_seal, tokens); !read) return read;
  capnp::MallocMessageBuilder memory;
  auto value = memory.initRoot<capnp::json::Value>();
  if (auto written = to_value(tokens, parts_->sealer, value); !written) return written;
  parts_->codec.decode(value.asReader(), out);
  return {};
}

std::string StructJson::encode(capnp::DynamicStruct::Reader message) const {
  capnp::MallocMessageBuilder memory;
  auto value = memory.initRoot<capnp::json::Value>();
  parts_->codec.encode(message, message.getSchema(), value);
  std::string line;
  write_json(value, line);
  return line;
}

}  // namespace braid::json
