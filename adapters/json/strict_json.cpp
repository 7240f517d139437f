#include "adapters/json/strict_json.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include "adapters/json/lexical.hpp"
#include "adapters/json/reading.hpp"

namespace braid::json {
namespace {

using Error = boost::json::error_code;
using Piece = boost::json::string_view;

/// Boost.JSON's events, handed on to a `Reading`. Boost.JSON knows JSON; `Reading` knows the
/// schema.
struct Events {
  static constexpr std::size_t max_array_size = max_line_bytes;
  static constexpr std::size_t max_object_size = max_line_bytes;
  static constexpr std::size_t max_string_size = max_line_bytes;
  static constexpr std::size_t max_key_size = max_line_bytes;

  Reading& reading;

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error& error) { return go_on(reading.begin_object(), error); }
  bool on_object_end(std::size_t, Error& error) { return go_on(reading.end_object(), error); }
  bool on_array_begin(Error& error) { return go_on(reading.begin_list(), error); }
  bool on_array_end(std::size_t, Error& error) { return go_on(reading.end_list(), error); }
  bool on_key_part(Piece piece, std::size_t, Error&) {
    return reading.add_piece(view(piece)), true;
  }
  bool on_key(Piece piece, std::size_t, Error& error) {
    return go_on(reading.name(view(piece)), error);
  }
  bool on_string_part(Piece piece, std::size_t size, Error& error) {
    reading.add_piece(view(piece));
    return go_on(reading.check_growing_text(size), error);
  }
  bool on_string(Piece piece, std::size_t, Error& error) {
    return go_on(reading.text(view(piece)), error);
  }
  bool on_number_part(Piece, Error&) {
    return true;
  }  // only where the line ends in a number, which is no object
  bool on_int64(std::int64_t, Piece spelling, Error& error) {
    return go_on(reading.number(view(spelling)), error);
  }
  bool on_uint64(std::uint64_t, Piece spelling, Error& error) {
    return go_on(reading.number(view(spelling)), error);
  }
  bool on_double(double, Piece spelling, Error& error) {
    return go_on(reading.number(view(spelling)), error);
  }
  bool on_bool(bool value, Error& error) { return go_on(reading.boolean(value), error); }
  bool on_null(Error& error) { return go_on(reading.null(), error); }
  bool on_comment_part(Piece, Error&) { return true; }
  bool on_comment(Piece, Error&) { return true; }

  static std::string_view view(Piece piece) { return {piece.data(), piece.size()}; }

  static bool go_on(bool is_right, Error& error) {
    if (!is_right) error = boost::json::error::syntax;  // the reading knows what it was
    return is_right;
  }
};

tl::unexpected<JsonProblem> about_the_line(std::size_t offset, std::string found,
                                           std::string expected, std::string remedy) {
  return tl::unexpected(
      JsonProblem{"", offset, std::move(found), std::move(expected), std::move(remedy)});
}

}  // namespace

tl::expected<void, JsonProblem> read_strictly(std::string_view line, const Shape& root,
                                              bool may_seal, Tokens& tokens) {
  if (line.size() > max_line_bytes)
    return about_the_line(0, std::to_string(line.size()) + " bytes",
                          "a line of " + std::to_string(max_line_bytes) + " bytes at most",
                          "write one event a line");
  Reading reading(line, root, may_seal, tokens);
  boost::json::parse_options options;
  options.max_depth = max_depth;
  boost::json::basic_parser<Events> parser(options, reading);
  Error error;
  const std::size_t stopped = parser.write_some(false, line.data(), line.size(), error);

  if (reading.problem()) return tl::unexpected(reading.problem_at(stopped));
  if (error == boost::json::error::too_deep)
    return about_the_line(
        stopped, "objects and lists in " + std::to_string(max_depth + 1) + " levels",
        std::to_string(max_depth) + " levels at most", "write what the schema describes");
  if (error) {
    JsonProblem problem = explain(line, reading.stopped_at(stopped));
    problem.path = reading.path();
    return tl::unexpected(std::move(problem));
  }
  const std::size_t garbage = line.find_first_not_of(" \t\r\n", stopped);
  if (garbage != line.npos)
    return about_the_line(garbage, "more after the object", "one object a line",
                          "leave out what follows, or write it on its own line");
  return {};
}

}  // namespace braid::json
