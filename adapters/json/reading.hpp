#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/json/lexical.hpp"
#include "adapters/json/scalars.hpp"
#include "adapters/json/strict_json.hpp"

namespace braid::json {

/// One pass over one line: takes a JSON parser's events, compares each with the schema and writes
/// tokens. An event answers false when the line is refused; no event may follow.
class Reading {
 public:
  /// Borrows all three, which must outlive it.
  Reading(std::string_view line, const Shape& root, bool may_seal, Tokens& tokens);
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  bool begin_object();
  bool end_object();
  bool begin_list();
  bool end_list();
  /// A piece of a name or text that has escapes, without them.
  void add_piece(std::string_view piece);
  /// Whether a text of which `size` bytes were seen may be right still: hostile text is not
  /// gathered first and refused then.
  bool check_growing_text(std::size_t size);
  bool name(std::string_view last_piece);
  bool text(std::string_view last_piece);
  bool number(std::string_view spelling);
  bool boolean(bool value);
  bool null();

  /// Whether an event answered false.
  bool problem() const { return problem_.has_value(); }
  /// What it was. `stopped`: the offset at which the parser gave up.
  JsonProblem problem_at(std::size_t stopped) const;
  /// Where the parser itself gave up.
  Stop stopped_at(std::size_t offset) const;
  /// The place of the current value: "body.lines[3].from".
  std::string path() const;

 private:
  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

  struct Frame {
    const Shape* shape = nullptr;  // an object or a list
    std::uint32_t token = 0;
    std::uint32_t count = 0;  // values so far
    int member = -1;          // objects: the current one
    int chosen = -1;          // objects: the member of the union that was seen
    MemberSet seen;
  };
  /// A name or text without its escapes.
  struct Words {
    std::string_view text;
    std::uint32_t begin = 0;
    bool is_in_scratch = false;
    std::size_t offset = nowhere;  // of the opening quote, where known
  };
  /// What stands where something else is due.
  struct Found {
    std::string shown;
    std::string told;  // where it must not be shown
  };

  Frame& top() { return frames_[depth_ - 1]; }
  const Frame& top() const { return frames_[depth_ - 1]; }
  /// The shape of the value that comes next.
  const Shape& due_shape() const;
  bool is_secret() const;
  Words gather(std::string_view last_piece);
  /// Where a part of the line begins; `nowhere` for what stands in the parser's own memory.
  std::size_t offset_of(std::string_view part) const;

  Token* add_token(const Shape& shape, std::size_t offset);
  bool begin(const Shape& shape);
  bool take_member(Frame& frame, int member, std::string_view name, std::size_t offset);
  bool check_union(Frame& frame, int member, std::string_view name, std::size_t offset);
  bool check_sealed_member(const Frame& frame, int member, std::string_view name,
                           std::size_t offset);
  bool check_complete(Frame& frame);
  bool check_sealed_complete(Frame& frame);

  bool refuse(JsonProblem problem);
  bool refuse_value(std::size_t offset, Found found, Complaint complaint);
  bool refuse_unknown(std::string_view name, std::size_t offset);
  bool refuse_missing(Frame& frame, int member);

  std::string_view line_;
  const Shape& root_;
  bool may_seal_;
  Tokens& tokens_;
  std::array<Frame, max_depth + 1> frames_;
  std::size_t depth_ = 0;
  std::size_t pieces_begin_ = nowhere;  // in the scratch, while a name or text comes in pieces
  std::size_t pieces_offset_ = nowhere;
  std::optional<JsonProblem> problem_;
};

}  // namespace braid::json
