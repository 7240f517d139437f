#pragma once
#include <capnp/schema.capnp.h>

#include <optional>

#include "events/rowgen/model.hpp"
#include "events/rowgen/schema_index.hpp"

namespace braid::rowgen {

/// What is to be written for one requested file; nothing where it has no `$rows`. Structs that rows
/// cannot express (unions, floats, lists of lists ...) are left out, and those made of them too;
/// where such a struct is a table's, throws Unsupported.
std::optional<File> read_model(
    const SchemaIndex& index, capnp::schema::CodeGeneratorRequest::RequestedFile::Reader requested);

}  // namespace braid::rowgen
