#include "events/rowgen/schema_index.hpp"

#include <stdexcept>

namespace braid::rowgen {

SchemaIndex::SchemaIndex(capnp::schema::CodeGeneratorRequest::Reader request) {
  for (const auto node : request.getNodes()) nodes_.emplace(node.getId(), node);
}

SchemaIndex::Node SchemaIndex::node(std::uint64_t id) const {
  const auto found = nodes_.find(id);
  if (found == nodes_.end())
    throw std::runtime_error(
        "the compiler's request names a node that it does not hold; is `capnp` of another "
        "version?");
  return found->second;
}

SchemaIndex::Node SchemaIndex::file_of(Node inner) const {
  while (!inner.isFile()) inner = node(inner.getScopeId());
  return inner;
}

std::string SchemaIndex::name_of(Node node) {
  return std::string(node.getDisplayName().cStr() + node.getDisplayNamePrefixLength());
}

std::string SchemaIndex::schema_cpp_name(Node inner) const {
  std::string name;
  for (; !inner.isFile(); inner = node(inner.getScopeId())) name = "::" + name_of(inner) + name;
  return "::" + text(inner.getAnnotations(), Mark::cpp_namespace).value_or("") + name;
}

std::string SchemaIndex::flat_name(Node inner) const {
  auto name = name_of(inner);
  for (inner = node(inner.getScopeId()); !inner.isFile(); inner = node(inner.getScopeId()))
    name = name_of(inner) + "_" + name;
  return name;
}

std::optional<std::string> SchemaIndex::text(Annotations annotations, Mark mark) {
  for (const auto annotation : annotations)
    if (annotation.getId() == static_cast<std::uint64_t>(mark))
      return std::string(annotation.getValue().getText().cStr());
  return std::nullopt;
}

std::optional<std::uint32_t> SchemaIndex::number(Annotations annotations, Mark mark) {
  for (const auto annotation : annotations) {
    if (annotation.getId() != static_cast<std::uint64_t>(mark)) continue;
    const auto value = annotation.getValue();
    return value.isUint16() ? value.getUint16() : value.getUint32();
  }
  return std::nullopt;
}

}  // namespace braid::rowgen
