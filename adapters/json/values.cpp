#include "adapters/json/values.hpp"

#include <charconv>
#include <cstring>

#include "adapters/json/scalars.hpp"
#include "events/check.hpp"
#include "events/encoding.hpp"

namespace braid::json {
namespace {

using Value = capnp::json::Value;

void set_text(Value::Builder value, std::string_view text) {
  auto room = value.initString(static_cast<unsigned>(text.size()));
  if (!text.empty()) std::memcpy(room.begin(), text.data(), text.size());
}

void set_member(Value::Field::Builder member, std::string_view name, std::string_view text) {
  member.setName(capnp::Text::Reader(name.data(), name.size()));
  set_text(member.initValue(), text);
}

void set_integer(Value::Builder value, std::string_view digits) {
  if (is_beyond_doubles(digits)) return set_text(value, digits);
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  value.setNumber(static_cast<double>(number));
}

/// Walks the tokens in their order, which is that of the values.
class Writer {
 public:
  Writer(const Tokens& tokens, const Sealer& sealer) : tokens_(tokens), sealer_(sealer) {}

  void write(Value::Builder value) {
    const Token& token = tokens_.all[next_++];
    switch (token.shape->form) {
      case Form::nothing:
      case Form::boolean:
        return value.setBoolean(token.is_true);
      case Form::integer:
      case Form::pence:
        return set_integer(value, tokens_.text(token));
      case Form::list:
        return write_list(value, token.size);
      case Form::object:
        return write_object(value, token.size);
      case Form::sealed:
        return write_sealed(value, token.size);
      default:
        return set_text(value, tokens_.text(token));
    }
  }

  std::optional<JsonProblem> take_problem() { return std::move(problem_); }

 private:
  void write_list(Value::Builder value, std::uint32_t size) {
    auto members = value.initArray(size);
    for (std::uint32_t i = 0; i < size; ++i) write(members[i]);
  }

  void write_object(Value::Builder value, std::uint32_t size) {
    auto members = value.initObject(size);
    for (std::uint32_t i = 0; i < size; ++i) {
      const std::string& name = tokens_.all[next_].member->name;
      members[i].setName(capnp::Text::Reader(name.c_str(), name.size()));
      write(members[i].initValue());
    }
  }

  void write_sealed(Value::Builder value, std::uint32_t size) {
    const bool is_box = tokens_.all[next_].member->shape->form != Form::clear && size == 3;
    if (is_box) return write_object(value, size);
    const Token& first = tokens_.all[next_];
    const Token& second = tokens_.all[next_ + 1];
    next_ += 2;
    const bool is_clear_first = first.shape->form == Form::clear;
    seal(value, is_clear_first ? first : second, is_clear_first ? second : first);
  }

  void seal(Value::Builder value, const Token& clear, const Token& about) {
    const auto person = PersonToken::from_hex(tokens_.text(about));
    check(person.has_value() && sealer_, "the strict pass let it through");
    const auto sealed = sealer_(*person, tokens_.text(clear));
    if (!sealed) {
      if (!problem_) problem_ = cannot_seal(clear, sealed.error());
      return value.setBoolean(false);  // a place holder: nobody decodes what has a problem
    }
    auto members = value.initObject(3);
    set_member(members[0], "keyId", sealed->key_id.text());
    set_member(members[1], "nonce", to_base64(sealed->nonce));
    set_member(members[2], "box", to_base64(sealed->box));
  }

  static JsonProblem cannot_seal(const Token& clear, const std::string& why) {
    return {"", clear.begin, "text of " + std::to_string(clear.size) + " bytes to be sealed",
            "a key to seal it with", why};
  }

  const Tokens& tokens_;
  const Sealer& sealer_;
  std::size_t next_ = 0;
  std::optional<JsonProblem> problem_;
};

}  // namespace

tl::expected<void, JsonProblem> to_value(const Tokens& tokens, const Sealer& sealer,
                                         Value::Builder value) {
  Writer writer(tokens, sealer);
  writer.write(value);
  if (auto problem = writer.take_problem()) return tl::unexpected(std::move(*problem));
  return {};
}

}  // namespace braid::json
