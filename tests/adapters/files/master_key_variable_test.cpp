#include "adapters/files/master_key_variable.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>

using namespace braid;
using braid::files::MasterKeyVariable;
using Catch::Matchers::Contains;

namespace {

constexpr auto name = "BRAID_TEST_VAULT_KEY";

/// An environment with the variable, while it lives.
struct Environment {
  explicit Environment(const std::string& text) { ::setenv(name, text.c_str(), 1); }
  ~Environment() { ::unsetenv(name); }
};

}  // namespace

TEST_CASE("A master key in an environment variable is the one that its text says") {
  CHECK(MasterKeyVariable::find(name) == nullptr);
  const auto key = SymmetricKey::random();
  const Environment environment(to_text(key));
  const auto variable = MasterKeyVariable::find(name);
  REQUIRE(variable);
  REQUIRE(variable->current());
  CHECK(to_text(*variable->current()) == to_text(key));
  CHECK(variable->is_settled());
  CHECK_FALSE(variable->next().value().has_value());
}

TEST_CASE("What a variable holds that is no key is refused, and not shown") {
  const Environment environment("hunter2");
  const auto refused = MasterKeyVariable::find(name)->current();
  REQUIRE_FALSE(refused);
  CHECK_THAT(refused.error(), Contains(name) && !Contains("hunter2"));
}

TEST_CASE("A master key in a variable cannot be changed, and it is said what to do") {
  const Environment environment(to_text(SymmetricKey::random()));
  CHECK_THAT(MasterKeyVariable::find(name)->can_change().error(), Contains("put it into a file"));
}
