#pragma once
#include <capnp/schema.capnp.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace braid::rowgen {

/// The marks of events/schema/common.capnp and of Cap'n Proto's own C++ file.
enum class Mark : std::uint64_t {
  cpp_namespace = 0xb9c6f99ebf805f2c,
  key = 0xac251d11c0c69f83,
  max_length = 0xa9a0a49037c49657,
  meaning = 0xa2727168fb1e4c00,
  native = 0xf8b8c3e4b5faaf66,
  native_header = 0x9c34b8cb50eb7a9d,
  rows = 0xafb12de29f5c1786,
  table = 0xb11e47029b80f335,
};

/// Finds nodes of a compiler's request by id. Borrows the request.
class SchemaIndex {
 public:
  using Node = capnp::schema::Node::Reader;
  using Annotations = capnp::List<capnp::schema::Annotation>::Reader;

  explicit SchemaIndex(capnp::schema::CodeGeneratorRequest::Reader request);

  [[nodiscard]] Node node(std::uint64_t id) const;
  /// The file that a node lies in.
  [[nodiscard]] Node file_of(Node node) const;
  /// The node's name without its scope: "Strand".
  [[nodiscard]] static std::string name_of(Node node);
  /// "::braid::schema::Outer::Inner".
  [[nodiscard]] std::string schema_cpp_name(Node node) const;
  /// "Outer_Inner": the name of a value type, which is never nested.
  [[nodiscard]] std::string flat_name(Node node) const;
  /// The text of a mark, where present.
  [[nodiscard]] static std::optional<std::string> text(Annotations annotations, Mark mark);
  /// The number of a mark, where present.
  [[nodiscard]] static std::optional<std::uint32_t> number(Annotations annotations, Mark mark);

 private:
  std::map<std::uint64_t, Node> nodes_;
};

}  // namespace braid::rowgen
