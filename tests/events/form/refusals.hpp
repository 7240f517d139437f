#pragma once
#include <catch2/catch.hpp>
#include <string>

#include "tests/support/specimens.hpp"

namespace braid::test {

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

/// What the gate of form says of a specimen after `change`: "field: sentence", or "has form".
template <class Change>
std::string form_after(Kind kind, Change change) {
  const OwnedBytes bytes = specimen(kind, change);
  const auto formed = check_form(bytes);
  if (formed) return "has form";
  CHECK(formed.error().rule == "form");
  CHECK(formed.error().sentence.size() <= 400);
  return formed.error().field + ": " + formed.error().sentence;
}

/// A refusal for this field in a sentence that says so much. (Catch's own `&&` of matchers may not
/// be returned: it points to temporaries.)
class RefusedFor : public Catch::MatcherBase<std::string> {
 public:
  RefusedFor(std::string field, std::string sentence)
      : field_(std::move(field)), sentence_(std::move(sentence)) {}
  bool match(const std::string& answer) const override {
    return answer.starts_with(field_ + ": ") && answer.find(sentence_) != std::string::npos;
  }
  std::string describe() const override {
    return "is refused for " + field_ + " with \"" + sentence_ + "\"";
  }

 private:
  std::string field_;
  std::string sentence_;
};
inline RefusedFor refused_for(const std::string& field, const std::string& sentence) {
  return {field, sentence};
}

}  // namespace braid::test
