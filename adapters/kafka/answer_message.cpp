#include "adapters/kafka/answer_message.hpp"

#include <charconv>

#include "events/check.hpp"

namespace braid::kafka {
namespace {

using ledger::Answer;
using ledger::Receipt;
using Receipts = std::vector<Receipt>;

template <class Number>
bool read_number(std::string_view text, Number& to) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), to);
  return error == std::errc{} && end == text.data() + text.size();
}

/// What is not recorded has no root in the log.
AnswerSubject::By subject_kind(const AnswerPlace& place) {
  return place.events == 0 ? AnswerSubject::By::bytes : AnswerSubject::By::root;
}

/// Halves what is too long, until it is not.
void cut(const AnswerPlace& place, Receipts receipts, std::size_t max_bytes,
         std::vector<AnswerMessage>& into) {
  const auto count = receipts.size();
  const Answer answer = std::move(receipts);
  auto value = encode_answer(answer);
  if (value.size() <= max_bytes || count == 1) {
    into.push_back({place, std::move(value), place.first + count == place.events});
    return;
  }
  const auto& all = std::get<Receipts>(answer);
  const auto half = static_cast<std::ptrdiff_t>(count / 2);
  cut(place, {all.begin(), all.begin() + half}, max_bytes, into);
  auto behind = place;
  behind.first += static_cast<std::uint32_t>(half);
  cut(behind, {all.begin() + half, all.end()}, max_bytes, into);
}

}  // namespace

std::optional<AnswerPlace> AnswerPlace::parse(
    const std::function<std::string_view(std::string_view name)>& header) {
  AnswerPlace place;
  const auto of = AnswerSubject::parse(header(of_header));
  if (!of || !read_number(header(submission_header), place.submission) ||
      !read_number(header(first_header), place.first) ||
      !read_number(header(events_header), place.events) ||
      !read_number(header(generation_header), place.generation))
    return std::nullopt;
  if (place.events > Submission::max_events || subject_kind(place) != of->by) return std::nullopt;
  place.of = *of;
  return place;
}

std::string AnswerPlace::id() const {
  return std::to_string(generation) + '/' + std::to_string(submission) + '/' +
         std::to_string(first);
}

std::vector<AnswerMessage> answer_messages(const AnswerPlace& place, const Answer& answer,
                                           std::size_t max_bytes) {
  std::vector<AnswerMessage> messages;
  const auto* receipts = std::get_if<Receipts>(&answer);
  check(place.of.by == subject_kind(place), "an answer says what it is of");
  if (receipts == nullptr) {
    check(place.events == 0, "nothing of it is recorded");
    messages.push_back({place, encode_answer(answer), true});
    return messages;
  }
  check(!receipts->empty() && place.first + receipts->size() <= place.events,
        "each receipt answers an event of its submission");
  cut(place, *receipts, max_bytes, messages);
  return messages;
}

bool AnswerParts::add(const AnswerPlace& place, Answer part) {
  if (auto* receipts = std::get_if<Receipts>(&part))
    return add_receipts(place, std::move(*receipts));
  if (place.events != 0 || !receipts_.empty()) return false;
  alone_ = std::move(part);
  return true;
}

bool AnswerParts::add_receipts(const AnswerPlace& place, Receipts part) {
  if (alone_ || part.empty() || place.first + part.size() > place.events) return false;
  if (receipts_.empty()) {
    receipts_.resize(place.events);
    missing_ = place.events;
  }
  if (receipts_.size() != place.events) return false;
  for (std::size_t i = 0; i < part.size(); ++i) {
    auto& slot = receipts_[place.first + i];
    if (slot && slot->sequence >= part[i].sequence) continue;
    if (!slot) --missing_;
    slot = std::move(part[i]);
  }
  return true;
}

bool AnswerParts::whole() const { return alone_ || (!receipts_.empty() && missing_ == 0); }

Answer AnswerParts::take() {
  check(whole(), "only a whole answer is taken");
  if (alone_) return std::move(*alone_);
  Receipts all;
  all.reserve(receipts_.size());
  for (auto& receipt : receipts_) all.push_back(std::move(*receipt));
  receipts_.clear();
  return all;
}

}  // namespace braid::kafka
