#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/kafka/answer_subject.hpp"
#include "ledger/answer.hpp"

namespace braid::kafka {

/// The longest message of an answer: longer answers are several messages.
inline constexpr std::size_t max_receipt_bytes = 500'000;

/// Where an answer belongs: the submission's offset in its generation of the queue, the index of
/// its first event answered here, how many events the submission has (0: nothing of it is recorded,
/// and there is one message), and which it is. In headers of these names, numbers decimal.
struct AnswerPlace {
  static constexpr std::string_view submission_header = "submission";
  static constexpr std::string_view first_header = "first";
  static constexpr std::string_view events_header = "events";
  static constexpr std::string_view generation_header = "generation";
  static constexpr std::string_view of_header = "of";

  std::uint64_t submission = 0;
  std::uint32_t first = 0;
  std::uint32_t events = 0;
  std::uint32_t generation = 0;
  AnswerSubject of;  ///< by root where it has events here, by bytes where it has none

  /// From what the headers of such names say; nothing where one is missing or no number, or they
  /// speak of more events than a submission has, or do not agree.
  static std::optional<AnswerPlace> parse(
      const std::function<std::string_view(std::string_view name)>& header);
  /// "0/17/0": generation, submission and event; what CloudEvents calls the message.
  [[nodiscard]] std::string id() const;

  bool operator==(const AnswerPlace&) const = default;
};

/// One message of an answer.
struct AnswerMessage {
  AnswerPlace place;
  OwnedBytes value;   ///< framed schema::Answer
  bool last = false;  ///< nothing of the submission is unanswered behind it
};

/// An answer as it travels: cut between receipts, so that no message is longer than `max_bytes` but
/// where one receipt alone is. Receipts are of `place.first` and those behind it. Pure.
std::vector<AnswerMessage> answer_messages(const AnswerPlace& place, const ledger::Answer& answer,
                                           std::size_t max_bytes = max_receipt_bytes);

/// An answer put together from its messages, which may come more than once and in any order: of two
/// receipts for one event the one with the higher sequence stands. A value; holds at most
/// Submission::max_events receipts.
class AnswerParts {
 public:
  /// False, with nothing taken, where the part contradicts its place or the parts before it.
  bool add(const AnswerPlace& place, ledger::Answer part);
  /// Whether every event is answered.
  [[nodiscard]] bool whole() const;
  /// The answer of a whole one. Leaves nothing.
  ledger::Answer take();

 private:
  bool add_receipts(const AnswerPlace& place, std::vector<ledger::Receipt> part);

  std::optional<ledger::Answer> alone_;  // malformed, or unavailable
  std::vector<std::optional<ledger::Receipt>> receipts_;
  std::size_t missing_ = 0;
};

}  // namespace braid::kafka
