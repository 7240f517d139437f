#include "adapters/json/reading.hpp"

namespace braid::json {
namespace {

constexpr std::size_t longest_name = 64;
constexpr std::size_t longest_other_text = 256;  // dates, identifiers, words

/// The most bytes of text that can be right here.
std::size_t longest_text(const Shape& shape) {
  switch (shape.form) {
    case Form::text:
    case Form::clear:
      return shape.max_length;
    case Form::data:
      return (std::size_t{shape.max_length} + 2) / 3 * 4;
    default:
      return longest_other_text;
  }
}

std::string text_of(std::size_t size) { return "text of " + std::to_string(size) + " bytes"; }

/// The first of a set that is not empty.
int first_of(const MemberSet& set) { return static_cast<int>(set._Find_first()); }

}  // namespace

Reading::Reading(std::string_view line, const Shape& root, bool may_seal, Tokens& tokens)
    : line_(line), root_(root), may_seal_(may_seal), tokens_(tokens) {
  tokens.line = line;
  tokens.scratch.clear();
  tokens.all.clear();
}

const Shape& Reading::due_shape() const {
  if (depth_ == 0) return root_;
  const Shape& around = *top().shape;
  if (around.form == Form::list) return *around.element;
  return top().member < 0 ? around : *around.members[static_cast<std::size_t>(top().member)].shape;
}

bool Reading::is_secret() const {
  return due_shape().is_secret() || (depth_ > 0 && top().shape->is_secret());
}

std::size_t Reading::offset_of(std::string_view part) const {
  const char* begin = part.data();
  const bool is_in_line = begin >= line_.data() && begin < line_.data() + line_.size();
  return is_in_line ? static_cast<std::size_t>(begin - line_.data()) : nowhere;
}

void Reading::add_piece(std::string_view piece) {
  if (pieces_begin_ == nowhere) {
    pieces_begin_ = tokens_.scratch.size();
    const std::size_t offset = offset_of(piece);
    pieces_offset_ = offset == nowhere ? nowhere : offset - 1;
  }
  tokens_.scratch += piece;
}

Reading::Words Reading::gather(std::string_view last_piece) {
  const std::size_t offset = offset_of(last_piece);
  if (pieces_begin_ == nowhere && offset != nowhere)
    return {last_piece, static_cast<std::uint32_t>(offset), false, offset - 1};
  if (pieces_begin_ == nowhere && last_piece.empty()) return {};  // "" has no place of its own
  add_piece(last_piece);
  const std::size_t begin = std::exchange(pieces_begin_, nowhere);
  return {std::string_view(tokens_.scratch).substr(begin), static_cast<std::uint32_t>(begin), true,
          pieces_offset_};
}

bool Reading::check_growing_text(std::size_t size) {
  if (size <= longest_text(due_shape())) return true;
  const std::string found =
      "text of more than " + std::to_string(longest_text(due_shape())) + " bytes";
  return refuse_value(pieces_offset_, {found, found}, {due(due_shape()), "shorten it"});
}

Token* Reading::add_token(const Shape& shape, std::size_t offset) {
  Token token;
  token.shape = &shape;
  if (depth_ > 0) {
    Frame& frame = top();
    const Shape& around = *frame.shape;
    if (around.form == Form::list && frame.count >= around.max_length) {
      refuse(
          {path(), offset, "one more", due(around), "shorten the list, or write several events"});
      return nullptr;
    }
    if (around.is_object()) token.member = &around.members[static_cast<std::size_t>(frame.member)];
    ++frame.count;
  }
  if (tokens_.all.size() >= max_values) {
    refuse({path(), offset, "one more value",
            "a line of " + std::to_string(max_values) + " values at most", "write several events"});
    return nullptr;
  }
  return &tokens_.all.emplace_back(token);
}

bool Reading::begin(const Shape& shape) {
  const auto token = static_cast<std::uint32_t>(tokens_.all.size());
  if (add_token(shape, nowhere) == nullptr) return false;
  Frame& frame = frames_[depth_++];
  frame = Frame{};
  frame.shape = &shape;
  frame.token = token;
  return true;
}

bool Reading::begin_object() {
  const Shape& shape = due_shape();
  if (shape.is_object()) return begin(shape);
  const std::string remedy =
      shape.form == Form::list ? "write a list: [ ... ]" : "write the value itself";
  return refuse_value(nowhere, {"an object", "an object"}, {due(shape), remedy});
}

bool Reading::begin_list() {
  const Shape& shape = due_shape();
  if (shape.form == Form::list) return begin(shape);
  const std::string remedy =
      shape.is_object() ? "write an object: { ... }" : "write the value itself";
  return refuse_value(nowhere, {"a list", "a list"}, {due(shape), remedy});
}

bool Reading::end_object() {
  Frame& frame = top();
  if (!check_complete(frame)) return false;
  tokens_.all[frame.token].size = frame.count;
  --depth_;
  return true;
}

bool Reading::end_list() {
  tokens_.all[top().token].size = top().count;
  --depth_;
  return true;
}

bool Reading::name(std::string_view last_piece) {
  const Words name = gather(last_piece);
  Frame& frame = top();
  const auto next = static_cast<std::size_t>(frame.member) + 1;  // 0 after -1
  const int member = name.text.size() > longest_name ? -1 : frame.shape->find(name.text, next);
  frame.member = -1;
  if (member < 0) return refuse_unknown(name.text, name.offset);
  return take_member(frame, member, name.text, name.offset);
}

bool Reading::take_member(Frame& frame, int member, std::string_view name, std::size_t offset) {
  if (frame.seen[static_cast<std::size_t>(member)])
    return refuse(
        {path(), offset, quoted(name) + " again", "every member once", "keep one of the two"});
  const bool is_right = frame.shape->form == Form::sealed
                            ? check_sealed_member(frame, member, name, offset)
                            : check_union(frame, member, name, offset);
  if (!is_right) return false;
  frame.seen.set(static_cast<std::size_t>(member));
  frame.member = member;
  return true;
}

bool Reading::check_union(Frame& frame, int member, std::string_view name, std::size_t offset) {
  const auto& members = frame.shape->members;
  if (!members[static_cast<std::size_t>(member)].is_in_union) return true;
  if (frame.chosen >= 0)
    return refuse(
        {path(), offset,
         quoted(name) + " after " + quoted(members[static_cast<std::size_t>(frame.chosen)].name),
         "only one of " + list_of(frame.shape->union_names()), "keep the one that is meant"});
  frame.chosen = member;
  return true;
}

bool Reading::check_sealed_member(const Frame& frame, int member, std::string_view name,
                                  std::size_t offset) {
  const bool is_to_be_sealed = member >= sealed_clear;
  if (is_to_be_sealed && !may_seal_)
    return refuse({path(), offset, quoted(name), "sealed text: {\"keyId\", \"nonce\", \"box\"}",
                   "seal it where the person's key is; clear text does not enter a ledger"});
  const bool has_other_kind =
      is_to_be_sealed
          ? frame.seen[sealed_key_id] || frame.seen[sealed_nonce] || frame.seen[sealed_box]
          : frame.seen[sealed_clear] || frame.seen[sealed_about];
  if (!has_other_kind) return true;
  return refuse({path(), offset, quoted(name), due(*frame.shape),
                 "write either a box or clear text, not both"});
}

bool Reading::check_complete(Frame& frame) {
  if (frame.shape->form == Form::sealed) return check_sealed_complete(frame);
  const MemberSet missing = frame.shape->required & ~frame.seen;
  if (missing.any()) return refuse_missing(frame, first_of(missing));
  if (!frame.shape->has_union || frame.chosen >= 0) return true;
  frame.member = -1;
  return refuse({path(), nowhere, "none of them", "one of " + list_of(frame.shape->union_names()),
                 "write the one that is meant"});
}

bool Reading::check_sealed_complete(Frame& frame) {
  const bool is_to_be_sealed = frame.seen[sealed_clear] || frame.seen[sealed_about];
  for (int member = is_to_be_sealed ? sealed_clear : sealed_key_id;
       member <= (is_to_be_sealed ? sealed_about : sealed_box); ++member)
    if (!frame.seen[static_cast<std::size_t>(member)]) return refuse_missing(frame, member);
  return true;
}

bool Reading::text(std::string_view last_piece) {
  const Words words = gather(last_piece);
  const Shape& shape = due_shape();
  if (const auto complaint = check_text(shape, words.text))
    return refuse_value(words.offset, {quoted(words.text), text_of(words.text.size())}, *complaint);
  Token* token = add_token(shape, words.offset);
  if (token == nullptr) return false;
  token->begin = words.begin;
  token->size = static_cast<std::uint32_t>(words.text.size());
  token->is_in_scratch = words.is_in_scratch;
  return true;
}

bool Reading::number(std::string_view spelling) {
  const Shape& shape = due_shape();
  const std::size_t offset = offset_of(spelling);
  if (const auto complaint = check_number(shape, spelling))
    return refuse_value(offset, {printable(spelling), "a number"}, *complaint);
  Token* token = add_token(shape, offset);
  if (token == nullptr) return false;
  token->begin = static_cast<std::uint32_t>(offset);
  token->size = static_cast<std::uint32_t>(spelling.size());
  return true;
}

bool Reading::boolean(bool value) {
  const Shape& shape = due_shape();
  const std::string found = value ? "true" : "false";
  const bool is_right = shape.form == Form::boolean || (shape.form == Form::nothing && value);
  if (!is_right) return refuse_value(nowhere, {found, found}, {due(shape), "write what is due"});
  Token* token = add_token(shape, nowhere);
  if (token == nullptr) return false;
  token->is_true = value;
  return true;
}

bool Reading::null() {
  const bool may_be_left_out =
      depth_ > 0 && top().member >= 0 &&
      top().shape->members[static_cast<std::size_t>(top().member)].is_optional;
  return refuse_value(nowhere, {"null", "null"},
                      {due(due_shape()), may_be_left_out ? "leave the member out"
                                                         : "write what is due: nothing is null"});
}

}  // namespace braid::json
