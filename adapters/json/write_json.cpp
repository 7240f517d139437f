#include "adapters/json/write_json.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "adapters/json/handlers.hpp"
#include "events/utf8.hpp"

namespace braid::json {
namespace {

using Value = capnp::json::Value;

constexpr auto is_plain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };

void write_escaped(char c, std::string& out) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  const auto value = static_cast<unsigned char>(c);
  out += "\\u00";
  out += digits[value >> 4];
  out += digits[value & 15];
}

/// Takes the first character off `text`: as it is, as an escape, or as U+FFFD where it is none.
void write_character(std::string_view& text, std::string& out) {
  const std::string_view before = text;
  if (static_cast<unsigned char>(text.front()) < 0x80) {
    write_escaped(text.front(), out);
    text.remove_prefix(1);
  } else if (take_code_point(text)) {
    out += before.substr(0, before.size() - text.size());
  } else {
    out += "\xef\xbf\xbd";
    text.remove_prefix(1);
  }
}

void write_text(std::string_view text, std::string& out) {
  out += '"';
  while (!text.empty()) {
    const auto plain = static_cast<std::size_t>(
        std::find_if_not(text.begin(), text.end(), is_plain) - text.begin());
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (!text.empty()) write_character(text, out);
  }
  out += '"';
}

std::string_view view(capnp::Text::Reader text) { return {text.begin(), text.size()}; }

void write_object(capnp::List<Value::Field>::Reader members, std::string& out) {
  out += '{';
  bool is_first = true;
  for (auto member : members) {
    if (is_left_out(member.getValue())) continue;
    if (!std::exchange(is_first, false)) out += ',';
    write_text(view(member.getName()), out);
    out += ':';
    write_json(member.getValue(), out);
  }
  out += '}';
}

void write_array(capnp::List<Value>::Reader members, std::string& out) {
  out += '[';
  for (unsigned i = 0; i < members.size(); ++i) {
    if (i > 0) out += ',';
    write_json(members[i], out);
  }
  out += ']';
}

}  // namespace

void write_json(Value::Reader value, std::string& out) {
  switch (value.which()) {
    case Value::BOOLEAN:
      out += value.getBoolean() ? "true" : "false";
      return;
    case Value::NUMBER:
      out += std::to_string(static_cast<std::int64_t>(value.getNumber()));
      return;
    case Value::STRING:
      return write_text(view(value.getString()), out);
    case Value::ARRAY:
      return write_array(value.getArray(), out);
    case Value::OBJECT:
      return write_object(value.getObject(), out);
    case Value::NULL_:
    case Value::CALL:
      break;
  }
  out += "null";
}

}  // namespace braid::json
