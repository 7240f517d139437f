#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/digest.hpp"

namespace braid::kafka {

/// What an answer speaks of, by content: an offset alone may come to name another submission, when
/// a topic is made anew. In the header `of`. The default speaks of nothing.
struct AnswerSubject {
  enum class By : std::uint8_t { nothing, root, bytes };

  By by = By::nothing;
  Digest digest;

  /// Of a submission that is recorded: the RFC 6962 root of its events, as in its `received` entry.
  static AnswerSubject recorded(const Digest& root) { return {By::root, root}; }
  /// Of one that is not: the SHA-256 of its framed bytes.
  static AnswerSubject unrecorded(const Digest& of_bytes) { return {By::bytes, of_bytes}; }
  /// "root:" or "sha256:" and 64 hexadecimal digits; nothing where the text is none of them.
  static std::optional<AnswerSubject> parse(std::string_view text);
  [[nodiscard]] std::string text() const;

  bool operator==(const AnswerSubject&) const = default;
};

}  // namespace braid::kafka
