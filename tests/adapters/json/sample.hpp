#pragma once
#include <capnp/message.h>

#include <string>
#include <string_view>

#include "adapters/json/struct_json.hpp"
#include "tests/adapters/json/sample.capnp.h"

namespace braid::json::test {

/// A whole Sample, one member a line; `whole` with `from` replaced by `to`, which must be there.
std::string whole();
std::string whole_with(std::string_view from, std::string_view to);

/// What is wrong with a Sample; a problem that says "nothing" where it is right.
JsonProblem problem_with(std::string_view line);
bool is_right(std::string_view line);
/// What is wrong with a whole sample of which one part is replaced.
JsonProblem changed(std::string_view from, std::string_view to);
/// The byte at which `part` begins in a sample changed so.
std::size_t place_in(std::string_view from, std::string_view to, std::string_view part);

/// A Sample and the memory that it lies in.
class Decoded {
 public:
  explicit Decoded(std::string_view line);
  schema::Sample::Reader operator*() const { return sample_.asReader(); }

 private:
  mutable capnp::MallocMessageBuilder memory_;
  schema::Sample::Builder sample_ = memory_.initRoot<schema::Sample>();
};

/// Seals by writing the clear text backwards; cannot for tokens that begin with 00.
Sealer backwards();
std::string token(char digit);

}  // namespace braid::json::test
