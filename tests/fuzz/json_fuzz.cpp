// Any bytes are an event, or a problem that says why not. What is an event is written as a line
// that says the same event.
#include <capnp/message.h>

#include <algorithm>
#include <string>

#include "adapters/json/struct_json.hpp"
#include "events/check.hpp"
#include "events/schema/event.capnp.h"

namespace {

using braid::check;

std::string canonical(braid::schema::Event::Reader event) {
  const auto words = capnp::canonicalize(event);
  return {words.asChars().begin(), words.asChars().size()};
}

void check_problem(const braid::json::JsonProblem& problem, std::size_t line_size) {
  check(problem.offset <= line_size, "the place is in the line");
  check(problem.found.size() <= 64 && !problem.expected.empty() && !problem.remedy.empty(),
        "a problem is short and whole");
  const auto sentence = problem.sentence();
  check(sentence.size() < 4'000 &&
            std::ranges::all_of(sentence, [](char c) { return c >= ' ' && c <= '~'; }),
        "a sentence is printable");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const braid::json::StructJson json(capnp::Schema::from<braid::schema::Event>());
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  capnp::MallocMessageBuilder memory, memory_again;
  auto event = memory.initRoot<braid::schema::Event>(),
       again = memory_again.initRoot<braid::schema::Event>();
  if (const auto decoded = json.decode(line, event); !decoded) {
    check_problem(decoded.error(), size);
    return 0;
  }
  const auto written = json.encode(capnp::DynamicStruct::Reader(event.asReader()));
  check(json.decode(written, again).has_value(), "what is written can be read");
  check(canonical(event) == canonical(again), "and says the same");
  return 0;
}
