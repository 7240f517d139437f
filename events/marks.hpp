#pragma once
#include <capnp/schema.h>

#include <cstdint>
#include <optional>

namespace braid {

/// The marks of events/schema/common.capnp on fields, by the identifiers that Cap'n Proto gives
/// them; it generates no names for annotations. A test asks the compiler whether these still hold.
enum class Mark : std::uint64_t {
  date = 0xe91b96c3711b6f60,
  instant = 0xe59c563a37871f91,
  pence = 0xf82a616609c752bb,
  month = 0xb4564f096ee49cb4,
  optional = 0xe22b9ae2d4b21aa6,
  max_length = 0xa9a0a49037c49657,
  code = 0xbcb6100b34655f4d,
};

/// What a text, data or list is limited to where its field says nothing.
inline constexpr std::uint32_t default_max_bytes = 256;
inline constexpr std::uint32_t default_max_members = 1'000;

/// Whether `field` bears `mark`.
inline bool is_marked(capnp::StructSchema::Field field, Mark mark) {
  for (auto annotation : field.getProto().getAnnotations())
    if (annotation.getId() == static_cast<std::uint64_t>(mark)) return true;
  return false;
}

/// The number that `$maxLength` gives `field`.
inline std::optional<std::uint32_t> max_length(capnp::StructSchema::Field field) {
  for (auto annotation : field.getProto().getAnnotations())
    if (annotation.getId() == static_cast<std::uint64_t>(Mark::max_length))
      return annotation.getValue().getUint32();
  return std::nullopt;
}

}  // namespace braid
