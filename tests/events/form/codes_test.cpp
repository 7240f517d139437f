#include <catch2/catch.hpp>

#include "events/form/code.hpp"
#include "events/form/layout.hpp"

using namespace braid::form;

namespace {

void check_layout(const StructLayout& layout, std::size_t& seen) {
  for (const FieldLayout& field : layout.fields) {
    if (field.type != nullptr) check_layout(*field.type, seen);
    if (field.code == nullptr || field.shape != Shape::text) continue;
    ++seen;
    INFO(field.name);
    CHECK_FALSE(is_code(*field.code, std::string(field.max_length + 1, '0')));
    CHECK_FALSE(is_code(*field.code, std::string(field.max_length + 1, 'a')));
  }
}

}  // namespace

TEST_CASE("A code is never longer than its field keeps") {
  std::size_t seen = 0;
  check_layout(event_layout(), seen);
  CHECK(seen > 40);
}

TEST_CASE("Every kind of code has a shape that says how it is written") {
  for (const Code code :
       {Code::ODS, Code::GSS, Code::OFFICER, Code::PLACE, Code::FUND, Code::RULE, Code::WORD}) {
    CHECK_FALSE(shape_of(code).empty());
    CHECK_FALSE(is_code(code, ""));
    CHECK_FALSE(is_code(code, std::string(1, '\0')));
  }
  CHECK(is_code(Code::RULE, "R14"));
  CHECK(is_code(Code::RULE, "R101"));
  CHECK_FALSE(is_code(Code::RULE, "R1"));
  CHECK_FALSE(is_code(Code::RULE, "r14"));
  CHECK(is_code(Code::WORD, "s256-transfer"));
}
