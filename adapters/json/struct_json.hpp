#pragma once
#include <capnp/dynamic.h>

#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "adapters/json/problem.hpp"
#include "adapters/json/sealer.hpp"

namespace braid::json {

/// One struct type as JSON, both ways, as README.md of this folder describes it. A resource: reads
/// the type's schema once. Immutable after: any number of threads may use one, unless the sealer
/// forbids it.
class StructJson {
 public:
  /// With an empty `sealer`, a `Sealed` is taken only as a box.
  explicit StructJson(capnp::StructSchema schema, Sealer sealer = {});
  ~StructJson();
  StructJson(const StructJson&) = delete;
  StructJson& operator=(const StructJson&) = delete;

  /// Fills `out`, a fresh root of the type, from one line of untrusted text, or says what is wrong
  /// with it; `out` is unspecified then. Total. Time and memory are linear in the line, which has 1
  /// MiB at most (`strict_json.hpp`).
  tl::expected<void, JsonProblem> decode(std::string_view line,
                                         capnp::DynamicStruct::Builder out) const;

  /// One line, without a line break. Left out are members that are unset: null pointers and dates
  /// that are none. What `decode` read is written so that it decodes to the same canonical bytes. A
  /// union whose set member is null shows null. Throws kj::Exception where the message is
  /// malformed: read hostile bytes with limits.
  std::string encode(capnp::DynamicStruct::Reader message) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace braid::json
