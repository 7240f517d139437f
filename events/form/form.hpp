#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "events/finding.hpp"

namespace braid::form {

/// Where in an event something is: "amounts[2].strand". Written out only when it is needed.
class Where {
 public:
  /// A field of the event or of its body.
  Where(const char* field)
      : field_(field) {}  // NOLINT(google-explicit-constructor): a literal is a place
  Where(std::string_view field) : field_(field) {}  // NOLINT(google-explicit-constructor)
  /// A member of a list, or a field of that member.
  Where(std::string_view list, std::size_t index, std::string_view field = {})
      : list_(list), index_(index), field_(field) {}

  std::string text() const;

 private:
  std::string_view list_;
  std::size_t index_ = 0;
  std::string_view field_;
};

/// What the gate of form has found: the first thing that is wrong, or nothing. Checks are asked in
/// the order of an event's fields and go on after a breach, which costs nothing that matters: a
/// refusal is rare.
class Form {
 public:
  /// `sentence` says what is expected and what to do.
  void expect(bool holds, const Where& where, std::string_view sentence) {
    if (!holds && !finding_) [[unlikely]]
      refuse(where.text(), std::string(sentence));
  }

  void refuse(std::string field, std::string sentence) {
    if (!finding_) finding_ = Finding{"form", std::move(field), std::move(sentence)};
  }

  bool holds() const { return !finding_.has_value(); }
  std::optional<Finding> take() && { return std::move(finding_); }

 private:
  std::optional<Finding> finding_;
};

}  // namespace braid::form
