#include "adapters/kafka/answer_subject.hpp"

#include <array>

namespace braid::kafka {
namespace {

struct Kind {
  AnswerSubject::By by;
  std::string_view prefix;
};

constexpr std::array kinds = {
    Kind{AnswerSubject::By::root, "root:"},
    Kind{AnswerSubject::By::bytes, "sha256:"},
};

}  // namespace

std::optional<AnswerSubject> AnswerSubject::parse(std::string_view text) {
  for (const auto& kind : kinds) {
    if (!text.starts_with(kind.prefix)) continue;
    const auto digest = Digest::from_hex(text.substr(kind.prefix.size()));
    if (digest) return AnswerSubject{kind.by, *digest};
  }
  return std::nullopt;
}

std::string AnswerSubject::text() const {
  for (const auto& kind : kinds)
    if (kind.by == by) return std::string(kind.prefix) + digest.hex();
  return {};
}

}  // namespace braid::kafka
