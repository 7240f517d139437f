#include "events/event.hpp"

#include <capnp/serialize.h>

#include <string>

#include "events/check.hpp"
#include "events/form/canonical.hpp"
#include "events/form/kinds.hpp"
#include "events/form/limits.hpp"
#include "events/native_rows.hpp"

namespace braid {
namespace {

/// An event nests five deep; nobody's bytes make us go further.
constexpr int max_depth = 16;
/// 64 MiB, over a thousand times the largest event: rules and folds read a field often, hostile
/// lists are not walked for ever.
constexpr std::uint64_t max_words_read = 8 << 20;

kj::ArrayPtr<const capnp::word> words_of(Bytes bytes) {
  check(reinterpret_cast<std::uintptr_t>(bytes.data()) % sizeof(capnp::word) == 0,
        "canonical bytes are kept at multiples of eight");
  return {reinterpret_cast<const capnp::word*>(bytes.data()), bytes.size() / sizeof(capnp::word)};
}

tl::unexpected<Refusal> malformed(std::string field, std::string sentence) {
  return tl::unexpected(Refusal{"form", std::move(field), std::move(sentence)});
}

/// What the head of an event must keep beyond its schema's limits.
void check_head(form::Form& form, schema::Event::Reader event) {
  const int version = schema::read(event.getId()).version();
  form.expect(version == 7 || version == 8, "id",
              "An event's id is a UUID of version 7, or of version 8 made from what a file says "
              "(RFC 9562).");
  if (is_of_register(event.getBody().which())) {
    form.expect(event.getPlace().size() == 0, "place",
                "What stands in the register belongs to no place: leave the place out.");
  } else {
    form.expect(event.getPlace().size() != 0, "place",
                "Say whose money it is shared with: the code of a place, such as \"bristol\".");
  }
  form.expect(schema::read(event.getCorrects()) != schema::read(event.getId()), "corrects",
              "An event corrects an earlier one, not itself.");
}

}  // namespace

EventReader::EventReader(Bytes canonical)
    : segment_{words_of(canonical)},
      message_(kj::arrayPtr(segment_, 1), {max_words_read, max_depth}) {}

schema::Event::Reader EventReader::get() const { return message_.getRoot<schema::Event>(); }

schema::Event::Reader formed_event(Bytes canonical) {
  return capnp::readMessageUnchecked<schema::Event>(words_of(canonical).begin());
}

OwnedBytes canonical_bytes(schema::Event::Reader event) {
  const auto words = capnp::canonicalize(event);
  const auto bytes = std::as_bytes(std::span(words.begin(), words.size()));
  return {bytes.begin(), bytes.end()};
}

tl::expected<void, Refusal> check_form(Bytes bytes) {
  if (bytes.size() > max_event_bytes) {
    return malformed("", "An event has at most " + std::to_string(max_event_bytes) +
                             " bytes and this one has " + std::to_string(bytes.size()) +
                             ": split it, or shorten its texts.");
  }
  const auto words = words_of(bytes);
  const auto& layout = form::event_layout();
  if (const auto fault = form::canonical_fault(bytes, layout); fault != form::Fault::none) {
    return malformed("", "These bytes are not one event in Cap'n Proto's canonical form: " +
                             std::string(form::describe(fault)) + ".");
  }
  form::Form form;
  form::check_limits(form, bytes, layout);
  if (form.holds()) {  // so that what follows may rely on the limits
    const auto event = capnp::readMessageUnchecked<schema::Event>(words.begin());
    check_head(form, event);
    visit(event.getBody(), [&](auto body) { form::check(form, body); });
  }
  if (auto finding = std::move(form).take()) return tl::unexpected(std::move(*finding));
  return {};
}

}  // namespace braid
